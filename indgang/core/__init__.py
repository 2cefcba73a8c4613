# SPDX-License-Identifier: MPL-2.0
"""What the project exists for, as plain Python: no framework, no clock, no database."""
