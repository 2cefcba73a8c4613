# SPDX-License-Identifier: MPL-2.0
"""Acts of the law guide; one module per subject."""
