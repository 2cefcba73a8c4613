# SPDX-License-Identifier: MPL-2.0
"""Official notices of public purchases (eForms): read safely, and say what they mean for an enterprise."""
