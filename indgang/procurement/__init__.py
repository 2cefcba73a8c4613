# SPDX-License-Identifier: MPL-2.0
"""From a need to a delivered order: tasks, invitations, questions, bids, decisions, orders, and notices."""
