# SPDX-License-Identifier: MPL-2.0
"""Writes: one transaction each."""
