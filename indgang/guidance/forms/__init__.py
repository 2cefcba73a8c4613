# SPDX-License-Identifier: MPL-2.0
"""Forms of the law guide; one module per subject."""
