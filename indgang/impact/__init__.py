# SPDX-License-Identifier: MPL-2.0
"""What was it worth, and to whom: plain figures against targets, and the value account that `core.value` keeps."""
