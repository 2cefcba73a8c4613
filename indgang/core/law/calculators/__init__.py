# SPDX-License-Identifier: MPL-2.0
"""The sums that the rules need, each with its arithmetic shown as steps."""
