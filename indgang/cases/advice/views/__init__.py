# SPDX-License-Identifier: MPL-2.0
"""Pages of advice: the public's, the adviser's, and those of mentor and founder."""
