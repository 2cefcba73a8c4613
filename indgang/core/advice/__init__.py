# SPDX-License-Identifier: MPL-2.0
"""Advice to founders: could an idea become a registered social enterprise, and who could be its mentor."""
