# SPDX-License-Identifier: MPL-2.0
"""Indgang: one entrance to a municipality for social enterprises."""

__version__ = "0.1.0"
