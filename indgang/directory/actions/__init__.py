# SPDX-License-Identifier: MPL-2.0
"""Writes, one module per subject. Each checks, moves, writes, and leaves one line in the log."""
