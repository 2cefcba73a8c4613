# SPDX-License-Identifier: MPL-2.0
"""Looking for purchases of the same in several units that together reach a limit, and ending what is explained."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indgang.core.law.calculators.splitting import PossibleSplit, UnitPurchase, possible_splits
from indgang.core.law.calculators.step import add_months
from indgang.core.text import Refused, gettext_noop
from indgang.guidance.actions.sources import law_keeper
from indgang.guidance.limits import direct_limit
from indgang.guidance.models import PurchaseEntry, SplitFinding
from indgang.guidance.permissions import check_can_keep_limits
from indgang.kernel import audit
from indgang.kernel.access import Principal
from indgang.kernel.danish import written as _
from indgang.kernel.duties import due_in, promise, settle
from indgang.kernel.models import Duty, Municipality

SPLIT_DUTY = "guidance.split"
MONTHS = 12
YEARS_BACK = 4
DAYS_TO_EXPLAIN = 10
SAME = 4
"""Digits of a CPV code that two purchases share when they are of the same kind: its class."""


@transaction.atomic
def find_splits(by: Principal, *, now: datetime) -> list[SplitFinding]:
    """Look at the purchases of four years; returns what is found anew. What has been explained stays explained.

    A finding whose purchases have gone (corrected, taken out) is dropped by itself.
    """
    check_can_keep_limits(by)
    today = timezone.localtime(now).date()
    entries = PurchaseEntry.objects.filter(
        municipality_id=by.municipality_id,
        removed_at=None,
        running=None,
        unit__isnull=False,
        amount_dkk__gt=0,
        bought_date__gte=add_months(today, -12 * YEARS_BACK),
    ).exclude(cpv_code="")
    by_subject: dict[str, list[PurchaseEntry]] = defaultdict(list)
    for entry in entries.order_by("bought_date", "pk"):
        by_subject[entry.cpv_code[:SAME].ljust(8, "0")].append(entry)
    new, standing = [], set()
    for subject, rows in by_subject.items():
        limit = direct_limit(today, works=subject.startswith("45"))
        split = _split(subject, rows, limit)
        if split is None:
            continue
        inside = _inside(rows, split)
        standing.add(subject)
        found = _note(by, subject, inside, round(split.total), limit, now)
        new += [found] if found else []
    gone = SplitFinding.objects.filter(municipality_id=by.municipality_id, ended_at=None)
    for finding in gone.exclude(subject__in=standing).select_related("duty"):
        _end(finding, _("Købene når ikke grænsen mere."), None, now)
    return new


def _split(subject: str, rows: Iterable[PurchaseEntry], limit: int) -> PossibleSplit | None:
    purchases = [UnitPurchase(str(row.unit_id), subject, row.bought_date, row.amount_dkk) for row in rows]
    found = possible_splits(purchases, limit=limit, months=MONTHS)
    return found[0] if found and len(found[0].units) > 1 else None


def _inside(rows: Iterable[PurchaseEntry], split: PossibleSplit) -> list[int]:
    first, last = split.purchases[0].bought_date, split.purchases[-1].bought_date
    return [row.pk for row in rows if first <= row.bought_date <= last]


def _note(
    by: Principal, subject: str, entries: list[int], total: int, limit: int, now: datetime
) -> SplitFinding | None:
    earlier = SplitFinding.objects.filter(municipality_id=by.municipality_id, subject=subject)
    if any(set(entries) <= set(row.entries) for row in earlier.exclude(ended_at=None)):
        return None
    open_one = earlier.filter(ended_at=None).first()
    if open_one is not None:
        if open_one.entries != entries:
            open_one.entries, open_one.total_dkk = entries, total
            open_one.save(update_fields=["entries", "total_dkk"])
        return None
    calendar = Municipality.objects.get(pk=by.municipality_id).calendar()
    finding = SplitFinding.objects.create(
        municipality_id=by.municipality_id, subject=subject, entries=entries, total_dkk=total, limit_dkk=limit,
        found_at=now,
    )  # fmt: skip
    finding.duty = promise(
        by, SPLIT_DUTY, _("Hører de her køb sammen? CPV %(code)s") % {"code": subject},
        path=reverse("guidance:splits") + f"#fund-{finding.pk}", now=now,
        due_at=due_in(DAYS_TO_EXPLAIN, now=now, calendar=calendar), owner=law_keeper(by.municipality_id),
        calendar=calendar,
    )  # fmt: skip
    finding.save(update_fields=["duty"])
    audit.record(
        by, "split.found", f"split:{finding.pk}", now=now, facts={"entries": entries, "total_dkk": total}
    )
    return finding


@transaction.atomic
def explain_split(by: Principal, finding: SplitFinding, *, because: str, now: datetime) -> None:
    """End a finding: explained, because … It comes back when a further purchase joins."""
    check_can_keep_limits(by)
    if finding.ended_at is not None:
        raise Refused(gettext_noop("Fundet er allerede forklaret."))
    if len(because.strip()) < 10:
        raise Refused(
            gettext_noop(
                "Skriv, hvorfor købene ikke hører sammen, fx at behovene er forskellige, eller at enheden køber selv."
            )
        )
    _end(finding, because.strip(), by.user_id, now)
    audit.record(
        by, "split.explain", f"split:{finding.pk}", now=now, facts={"because": because.strip()[:300]}
    )


def _end(finding: SplitFinding, because: str, user_id: int | None, now: datetime) -> None:
    finding.because, finding.ended_at, finding.ended_by_id = because[:500], now, user_id
    finding.save(update_fields=["because", "ended_at", "ended_by"])
    if finding.duty is not None:
        settle(finding.duty, now=now, outcome=Duty.Outcome.DONE)
