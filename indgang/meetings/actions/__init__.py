# SPDX-License-Identifier: MPL-2.0
"""What people do with meetings."""
