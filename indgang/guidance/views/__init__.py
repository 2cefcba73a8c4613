# SPDX-License-Identifier: MPL-2.0
"""Pages of the law guide; one module per subject."""
