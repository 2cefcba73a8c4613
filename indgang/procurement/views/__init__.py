# SPDX-License-Identifier: MPL-2.0
"""Pages of a purchase: for the buyer, for the enterprise, for the one who came by a link."""
