# SPDX-License-Identifier: MPL-2.0
"""The invented municipality of Åbjerg, played through the same actions a user triggers."""
