# SPDX-License-Identifier: MPL-2.0
"""The template's sections, and a version's exact text: what is read, hashed, compared and acceded to."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.utils import translation
from django.utils.formats import number_format

from indgang.agreements.models import AgreementVersion, Goal, Obligation, Party
from indgang.kernel import danish


@dataclass(frozen=True)
class Template:
    """The fixed text on what an agreement does not give, and the sections of one variant in order."""

    exclusions: str
    sections: tuple[tuple[str, str, str], ...]


@cache
def template(variant: str) -> Template:
    """Key, title and text of each section of a variant."""
    raw = tomllib.loads((files("indgang.agreements.partnership") / "template.toml").read_text("utf-8"))
    sections = tuple(
        (row["key"], row["title"], row["text"]) for row in raw["section"] if variant in row["variants"]
    )
    return Template(raw["exclusions"].strip(), sections)


@translation.override(danish.LANGUAGE)
def text_of(version: AgreementVersion) -> str:
    """The whole wording as plain lines, always in Danish. Reads the version's rows; the frozen text lies on it."""
    agreement = version.agreement
    parties = list(agreement.parties.filter(left_at=None).select_related("organisation").order_by("pk"))
    lines = [agreement.title, "", "Parterne"]
    lines += [f"– {party_line(party)}" for party in parties]
    lines += ["", f"Aftalen gælder fra {day(agreement.first_date)} til og med {day(version.runs_until)}."]
    for section in version.sections.order_by("position"):
        lines += ["", section.title, *section.text.splitlines()]
    lines += ["", "Hvad vi lover hinanden"]
    promises = list(version.obligations.select_related("party").order_by("party_id", "due_date", "key"))
    for party in parties:
        own = [row for row in promises if row.party_id == party.pk]
        lines += [f"{party.name}:"] if own else []
        lines += [f"– {promise_line(row)}" for row in own]
    goals = list(version.goals.order_by("pk"))
    if goals:
        lines += ["", "Mål", *(f"– {goal_line(goal)}" for goal in goals)]
    lines += ["", "Hvad aftalen ikke giver", *template(agreement.variant).exclusions.splitlines()]
    return "\n".join(lines) + "\n"


def hash_of(text: str) -> str:
    """SHA-256 in hex of a wording."""
    return hashlib.sha256(text.encode()).hexdigest()


def party_line(party: Party) -> str:
    status = ", ".join(party.status_snapshot)
    number = (
        f", CVR {party.organisation.cvr_number}"
        if party.organisation and party.organisation.cvr_number
        else ""
    )
    return f"{party.name}{number}{f' ({status})' if status else ''}"


def promise_line(row: Obligation) -> str:
    again = f", og igen hver {row.repeats_months}. måned" if row.repeats_months else ""
    return f"{row.text} Senest {day(row.due_date)}{again}. Det ses på: {row.measure}"


def goal_line(goal: Goal) -> str:
    way = "mindst" if goal.higher_is_better else "højst"
    now = f" (nu {number(goal.baseline)})" if goal.baseline is not None else ""
    return f"{goal.title}: {way} {number(goal.target)} {goal.measured_in}{now}, gult indtil {goal.tolerance_percent} % fra målet"


def day(value: date) -> str:
    return danish.day(value)


def number(value: object) -> str:
    text = str(number_format(value, decimal_pos=2, force_grouping=True))  # type: ignore[arg-type]
    return text.removesuffix(",00")
