# SPDX-License-Identifier: MPL-2.0
"""The decision record: drafted with one press, edited, signed by a named person, set as PDF and filed."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions.cases import day_of, save_answer
from indgang.guidance.drafting import EDITABLE, draft
from indgang.guidance.guide import Guided, guide
from indgang.guidance.models import LawCase, Override, RecordVersion
from indgang.guidance.permissions import check_can_change_case
from indgang.kernel import audit, danish, files, filing
from indgang.kernel.access import Principal
from indgang.kernel.models import StoredFile
from indgang.kernel.pdf import typeset

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"


@transaction.atomic
def draft_record(by: Principal, case: LawCase, *, now: datetime) -> RecordVersion:
    """A new version from the facts as they are now. While one that says the same waits unsigned, that one is given back."""
    check_can_change_case(by, case)
    guided = _guided(case, now)
    route = first_route(guided, backed(case, guided))
    latest = case.records.select_related("answer").order_by("-number").first()
    if latest is not None and latest.signed_at is None and latest.answer.facts == dict(guided.facts):
        return latest
    row = RecordVersion.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        number=latest.number + 1 if latest else 1,
        sections=draft(case, guided, route, backed(case, guided)),
        answer=save_answer(by, guided, case.title, case=case, about=case.about, path=case.back_path, now=now),
        route=route,
        author_id=by.user_id or 0,
        written_at=now,
    )
    audit.record(
        by, "record.draft", f"law-case:{case.pk}", now=now, facts={"version": row.number, "route": route}
    )
    return row


@transaction.atomic
def edit_record(
    by: Principal,
    row: RecordVersion,
    *,
    texts: Mapping[str, str],
    seen_to: list[int],
    route: str,
    now: datetime,
) -> None:
    """Change the words of an unsigned version. `seen_to` are numbers of conditions somebody has seen to: the name and
    the day are written beside those that are new. Another route drafts the sections that depend on it anew."""
    check_can_change_case(by, row.case)
    _refuse_signed(row)
    if route != row.route:
        guided = _guided(row.case, now)
        if route not in routes(guided, backed(row.case, guided)):
            raise Refused(gettext_noop("Den vej er ikke åben. Vælg en af dem, I må."))
        row.sections, row.route = draft(row.case, guided, route, backed(row.case, guided)), route
    else:
        for section in row.sections:
            if section["key"] in EDITABLE and section["key"] in texts:
                section["text"] = texts[section["key"]].strip()
            for place, item in enumerate(section.get("items", ())):
                _tick(item, place in seen_to, by, now)
    row.save(update_fields=["sections", "route"])
    audit.record(by, "record.edit", f"law-case:{row.case_id}", now=now, facts={"version": row.number})


@transaction.atomic
def sign_record(by: Principal, row: RecordVersion, *, now: datetime) -> RecordVersion:
    """Sign: the version stands as it is, becomes a PDF, and goes to the records system. Refuses one whose facts have
    changed, whose route the law no longer opens, or with a condition nobody has seen to."""
    row = (
        RecordVersion.objects.select_for_update(of=("self",))
        .select_related("case__unit", "case__municipality", "answer")
        .get(pk=row.pk)
    )
    check_can_change_case(by, row.case)
    _refuse_signed(row)
    guided = _guided(row.case, now)
    if row.answer.facts != dict(guided.facts):
        raise Refused(gettext_noop("Oplysningerne er ændret, siden notatet blev skrevet. Lav en ny version."))
    if row.route not in routes(guided, backed(row.case, guided)):
        raise Refused(gettext_noop("Loven åbner ikke længere den vej. Lav en ny version."))
    if any(not item["by"] for section in row.sections for item in section.get("items", ())):
        raise Refused(
            gettext_noop("Der er en betingelse, ingen har set efter. Sæt flueben ved den, når I har.")
        )
    row.signed_by_id, row.signed_at = by.user_id, now
    row.document = _drawn(by, row, now)
    row.filing = filing.journalise(
        by,
        f"law-case:{row.case_id}",
        f"Beslutningsnotat: {row.case.title}, version {row.number}",
        row.document,
        now=now,
    )
    row.save(update_fields=["signed_by", "signed_at", "document", "filing"])
    audit.record(
        by,
        "record.sign",
        f"law-case:{row.case_id}",
        now=now,
        facts={"version": row.number, "route": row.route},
    )
    return row


def routes(guided: Guided, overrides: list[Override]) -> list[str]:
    """What may be chosen: the open routes, and those that two people have decided on in writing."""
    conditions = [] if guided.ways else list(guided.answer.conditions)
    return [*guided.ways, *(each.rule_id for each in overrides), *conditions]


def first_route(guided: Guided, overrides: list[Override]) -> str:
    """The lightest lawful route. Refuses when there is none to write a record about."""
    found = routes(guided, overrides)
    if not found:
        raise Refused(
            gettext_noop(
                "Der er ingen vej at beslutte sig for endnu. Svar på det, der mangler, eller få en juridisk vurdering."
            )
        )
    return found[0]


def backed(case: LawCase, guided: Guided) -> list[Override]:
    """Overrides that a second person stands behind, for the facts as they are now."""
    rows = case.overrides.filter(backed=True, facts=dict(guided.facts)).select_related("asked_by", "second")
    return list(rows.order_by("pk"))


def _guided(case: LawCase, now: datetime) -> Guided:
    if not case.facts.get("kind"):
        raise Refused(gettext_noop("Svar først på, hvad I vil gøre."))
    guided = guide(case.municipality_id, case.facts, day_of(case.facts, now), unit_id=case.unit_id)
    if guided.is_covered:
        raise Refused(
            gettext_noop("Købet er dækket af en aftale, I skal bruge. Bestil dér; der er intet at beslutte.")
        )
    if guided.answer.stop:
        raise Refused(gettext_noop("Svar først på det, der mangler. Så kan notatet skrives."))
    return guided


def _tick(item: dict[str, str], ticked: bool, by: Principal, now: datetime) -> None:
    if ticked and not item["by"]:
        item["by"], item["at"] = by.name, danish.day(now.date())
    elif not ticked:
        item["by"] = item["at"] = ""


def _drawn(by: Principal, row: RecordVersion, now: datetime) -> StoredFile:
    facts = {
        "title": row.case.title,
        "municipality": row.case.municipality.name,
        "unit": row.case.unit.name,
        "number": row.number,
        "signed": f"{by.name}, {danish.moment(now)}",
        "sections": row.sections,
    }
    return files.store(
        f"beslutningsnotat-{row.case_id}-{row.number}.pdf",
        typeset(DOCUMENTS / "record.typ", facts),
        by=by,
        now=now,
    )


def _refuse_signed(row: RecordVersion) -> None:
    if row.signed_at is not None:
        raise Refused(gettext_noop("Notatet er underskrevet og kan ikke ændres. Lav en ny version."))
