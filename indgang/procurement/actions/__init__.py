# SPDX-License-Identifier: MPL-2.0
"""Everything that changes a purchase, one module per act: describe, send, answer, ask, bid, open, award, order."""
