# SPDX-License-Identifier: MPL-2.0
"""Meetings: times found without an account, calendar files, agenda, minutes, decisions with a date, sign-up."""
