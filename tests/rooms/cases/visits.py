# SPDX-License-Identifier: MPL-2.0
"""Jonas visits Nordvang Plast: the plan, the yes, and what was seen there."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from indgang.cases.models import Case, TaskCandidate
from indgang.cases.outreach import plan, record
from indgang.cases.outreach.plan import Company
from indgang.cases.outreach.record import Draft, Seen, Staffing
from tests.cast import NOW, Cast

NORDVANG = "99907525"
BAGER = "99574240"
LINES = ["Mindst ti ansatte og opgaver med få timer", "Virksomheden søger folk lige nu"]


def a_company(name: str = "Nordvang Plast A/S", cvr: str = NORDVANG, **more: object) -> Company:
    facts: dict[str, object] = {
        "contact_name": "Helle Bro",
        "contact_email": "helle@nordvang.example",
        "contact_phone": "2030 4050",
        "town": "Åbjerg",
        "industry": "industri",
    }
    return Company(name, cvr, **(facts | more))  # type: ignore[arg-type]


def published(cast: Cast) -> None:
    plan.set_criteria(cast.be("mette"), LINES, now=NOW)


def planned(cast: Cast, company: Company | None = None, *, by: str = "jonas") -> Case:
    published(cast)
    return plan.plan_visit(cast.be(by), company or a_company(), criterion=LINES[0], now=NOW)


def agreed(cast: Cast, company: Company | None = None) -> Case:
    case = planned(cast, company)
    plan.agree(cast.be("jonas"), case, agreed_with="Helle Bro", planned_at=NOW + timedelta(days=7), now=NOW)
    return case


def a_draft(*titles: str, client_id: UUID | None = None, **more: object) -> Draft:
    seen = [Seen(uuid4(), title, hours=Decimal(10)) for title in titles or ("Pakke poser med skruer",)]
    facts: dict[str, object] = {"staffing": Staffing(24, 1, 0, (24,) * 12)}
    return Draft(client_id or uuid4(), "industri", tuple(seen), **(facts | more))  # type: ignore[arg-type]


def visited(cast: Cast, *titles: str, now: datetime = NOW) -> list[TaskCandidate]:
    case = agreed(cast)
    record.hand_in(cast.be("jonas"), case, a_draft(*titles), now=now)
    return list(TaskCandidate.objects.filter(case=case).select_related("case__municipality").order_by("pk"))
