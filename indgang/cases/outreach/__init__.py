# SPDX-License-Identifier: MPL-2.0
"""Visits to ordinary companies: planned once, walked through together, and followed for a year."""
