# SPDX-License-Identifier: MPL-2.0
"""Reads of the law watch: who stands behind a pack, which points are confirmed, what has turned amber and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from indgang.core.law.changes import Change, changes, columns_for, outcomes
from indgang.core.law.cpv import kind_of
from indgang.core.law.pack import Pack, Point, load
from indgang.core.text import Refused
from indgang.guidance.models import (
    LawNotice,
    PointConfirmation,
    SavedAnswer,
    SignOff,
    SourceReview,
    SourceWatch,
    StandingAssessment,
)

ASSESSED_BY = {
    StandingAssessment.Kind.CROSS_BORDER: ("A", "B", "C"),
    StandingAssessment.Kind.PRICE: ("B",),
}
"""The rules that a standing assessment is made for."""


def signed_off(municipality_id: int, pack: Pack | str) -> SignOff | None:
    """Who stands behind a pack (or its label) in a municipality; None while no lawyer does."""
    sha256 = pack.sha256 if isinstance(pack, Pack) else pack.rpartition("sha256:")[2]
    rows = SignOff.objects.filter(municipality_id=municipality_id, sha256=sha256, withdrawn_at=None)
    return rows.first()


def confirmations(municipality_id: int, points: Iterable[Point]) -> dict[str, PointConfirmation]:
    """What a lawyer has answered, by point; an answer to a point that has since been reworded does not count."""
    wording = {point.id: point.words.da for point in points}
    rows = PointConfirmation.objects.filter(municipality_id=municipality_id, withdrawn_at=None)
    return {row.point: row for row in rows if wording.get(row.point) == row.wording}


def open_notices(municipality_id: int) -> QuerySet[LawNotice]:
    """Everything that is amber, the newest first; answers that come out differently on top."""
    return (
        LawNotice.objects.filter(municipality_id=municipality_id, handled_at=None)
        .select_related("duty__owner")
        .order_by("-differs", "-found_at", "pk")
    )


def notices_about(municipality_id: int, about: str) -> list[LawNotice]:
    """What is amber about one thing elsewhere in the house (`task:12`). For rooms above."""
    return list(open_notices(municipality_id).filter(about=about))


def amber_abouts(municipality_id: int) -> frozenset[str]:
    """All things elsewhere in the house that are amber, for lists. For rooms above."""
    rows = LawNotice.objects.filter(municipality_id=municipality_id, handled_at=None).exclude(about="")
    return frozenset(rows.values_list("about", flat=True))


def amber_cases(municipality_id: int) -> dict[int, LawNotice]:
    """Open notices by the guide's case."""
    rows = open_notices(municipality_id).filter(answer__case__isnull=False).select_related("answer")
    return {row.answer.case_id: row for row in rows if row.answer and row.answer.case_id}


def amber_assessments(municipality_id: int) -> dict[int, LawNotice]:
    """Open notices by standing assessment."""
    rows = open_notices(municipality_id).exclude(assessment=None)
    return {row.assessment_id: row for row in rows if row.assessment_id}


@dataclass(frozen=True)
class Found:
    """What is no longer as it was; `differs` when the same facts are answered differently."""

    changes: tuple[Change, ...]
    differs: bool

    def as_json(self) -> list[dict[str, str]]:
        return [{"rule": each.rule_id, "da": each.words.da, "en": each.words.en} for each in self.changes]


def changes_of(answer: SavedAnswer, *, today: date | None) -> Found:
    """What changed for a saved answer. Without `today` its date is settled and only what we know can change."""
    newest = load()
    used = _pack(answer.pack)
    if used is None:
        return Found((), False)
    columns = columns_for(newest, answer.facts)
    told = list(changes(used, newest, answer.rules, on=answer.on, today=today, columns=columns))
    try:
        new = list(outcomes(used, newest, answer.facts, on=answer.on, today=today))
    except Refused:
        new = []
    return (
        Found((*new, *(each for each in told if each not in new)), bool(new))
        if told or new
        else Found((), False)
    )


def changes_of_assessment(assessment: StandingAssessment, *, today: date) -> Found:
    """What changed for a standing assessment since it was signed."""
    signed = assessment.signed_at.date()
    told = changes(
        pack_on(signed),
        load(),
        ASSESSED_BY[StandingAssessment.Kind(assessment.kind)],
        on=signed,
        today=today,
        columns=columns_for(load(), {"kind": kind_of(assessment.cpv_code), "cpv_main": assessment.cpv_code}),
    )
    return Found(told, False)


def pack_on(day: date) -> Pack:
    """The pack that answered on a day: the newest published by then, else the oldest we have."""
    from indgang.core.law.pack import names

    known = [name for name, _sha in names()]
    return load(max((name for name in known if name <= day.isoformat()), default=known[0]))


def _pack(label: str) -> Pack | None:
    try:
        return load(label)
    except Refused:
        return None


@dataclass(frozen=True)
class SourceRow:
    """A source of the newest pack as one municipality looks after it."""

    key: str
    title: str
    url: str
    read_on: date
    rules: tuple[str, ...]
    watch: SourceWatch | None
    latest: SourceReview | None

    @property
    def is_safe(self) -> bool:
        """Only encrypted addresses become links."""
        return self.url.startswith("https://")

    @property
    def is_changed(self) -> bool:
        """Somebody found it changed, and no pack has read it since."""
        latest = self.latest
        return bool(
            latest
            and latest.outcome == SourceReview.Outcome.CHANGED
            and latest.reviewed_at.date() >= self.read_on
        )


def source_rows(municipality_id: int) -> list[SourceRow]:
    """Every source of the newest pack with its owner and last review, what is due first on top. Two queries."""
    pack = load()
    watches = {
        row.key: row
        for row in SourceWatch.objects.filter(municipality_id=municipality_id).select_related("owner")
    }
    reviews = {
        row.watch_id: row
        for row in SourceReview.objects.filter(municipality_id=municipality_id)
        .select_related("user")
        .order_by("reviewed_at", "pk")
    }
    used: dict[str, list[str]] = {}
    for rule in pack.rules:
        for key in rule.sources:
            used.setdefault(key, []).append(rule.id)
    rows = []
    for key, source in pack.sources.items():
        watch = watches.get(key)
        latest = reviews.get(watch.pk) if watch else None
        rows.append(
            SourceRow(key, source.title, source.url, source.read_on, tuple(used.get(key, ())), watch, latest)
        )
    far = date.max
    return sorted(
        rows, key=lambda row: (not row.is_changed, row.watch.review_by if row.watch else far, row.title)
    )
