# SPDX-License-Identifier: MPL-2.0
"""Agreements: what binds both sides, what is bought on it, and whether promises are kept."""
