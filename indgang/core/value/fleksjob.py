# SPDX-License-Identifier: MPL-2.0
"""A month of fleksjob: who pays what, against a month of ledighedsydelse."""

from indgang.core.text import Refused, gettext_noop
from indgang.core.value.case import Fleksjob
from indgang.core.value.fields import Fields
from indgang.core.value.pack import Figures

T_2026, R1, R2 = 17_672.0, 0.30, 0.55


def read_fleksjob(fields: Fields, figures: Figures) -> Fleksjob:
    pay = fields.number("pay_month")
    if pay <= 0:
        raise Refused(_NO_PAY)
    other = fields.number("other_pay_month", 0.0)
    highest = fields.number("max_dagpenge_month", figures.number("benefit.dagpenge_max.month"))
    ceiling = figures.number("fleksjob.ceiling_share") * highest
    total = pay + other
    subsidy = max(0.0, ceiling - R1 * min(total, T_2026) - R2 * max(0.0, total - T_2026))
    if fields.has("full_pay_month"):
        subsidy = min(subsidy, max(0.0, fields.number("full_pay_month") - pay))
    return Fleksjob(pay, subsidy, ceiling)


_NO_PAY = gettext_noop(
    "Et fleksjob uden løn giver ikke fleksløntilskud; borgeren kan have ret til ledighedsydelse. "
    "Skriv lønnen i fleksjob.pay_month."
)
