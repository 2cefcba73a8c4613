# SPDX-License-Identifier: MPL-2.0
"""Published notices in the room: kept, matched with the directory, shown and pointed out to enterprises."""
