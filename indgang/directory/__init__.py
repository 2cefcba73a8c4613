# SPDX-License-Identifier: MPL-2.0
"""Who exists and what they sell: organisations, places, listings, status, contact persons, interests."""
