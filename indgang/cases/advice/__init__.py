# SPDX-License-Identifier: MPL-2.0
"""Advice to founders: what exists already comes first, then a local talk, then perhaps a mentor."""
