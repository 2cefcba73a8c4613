# SPDX-License-Identifier: MPL-2.0
"""Pages of the directory, one module per kind of visitor and subject."""
