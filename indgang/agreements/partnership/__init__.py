# SPDX-License-Identifier: MPL-2.0
"""Partnership agreements: text, promises, figures, accession."""
