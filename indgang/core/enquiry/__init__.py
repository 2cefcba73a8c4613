# SPDX-License-Identifier: MPL-2.0
"""What an enquiry in free words is about, and what should not stand in it."""
