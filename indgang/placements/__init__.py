# SPDX-License-Identifier: MPL-2.0
"""Jobs and places that social enterprises create: who was placed where, and the totals that enterprises report.

Placements reveal health. Nothing is kept before the municipality has recorded a signed DPIA; rows are sealed, lie
with a database role of their own, and are reached through `vault` only, which logs the purpose of every read.
Pages that show numbers read the ledger of quarters (`figures`), in which nothing below k stands.
"""
