# SPDX-License-Identifier: MPL-2.0
"""What was it worth, and to whom: a value account that names the payer of every krone.

Read in this order: `case` (what is asked), `pack` (the figures), `flows` (who pays whom in a week on benefit
and in a week at work), `effect` (how many are in work, with and without), `books` (the two together, week by
week), `statement` (what it comes to, by account), `totals` and `intervals` (the same in 10,000 draws), `run`
(everything, with its manifest). `docs/explanation/value-method.md` tells the method in words and formulas.
"""
