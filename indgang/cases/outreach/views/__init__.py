# SPDX-License-Identifier: MPL-2.0
"""Pages of visits: the public's, the visitor's, and those of one task."""
