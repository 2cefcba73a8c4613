# SPDX-License-Identifier: MPL-2.0
"""Where the rooms meet: settings, URLs, pages that gather several rooms, and the command line."""
