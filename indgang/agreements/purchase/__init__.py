# SPDX-License-Identifier: MPL-2.0
"""Purchase agreements and the buyers' catalogue."""
