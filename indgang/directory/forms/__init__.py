# SPDX-License-Identifier: MPL-2.0
"""Forms of the directory; each validates and saves nothing."""
