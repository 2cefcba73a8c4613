# SPDX-License-Identifier: MPL-2.0
"""The decision record: drafted with one press, signed by a named person, filed; and what two may decide against doubt."""

import re
from typing import Any

import pytest

from indgang.core.text import Refused
from indgang.guidance.actions import cases, overrides, records
from indgang.guidance.aims import BUY, aim
from indgang.guidance.differences import changes_between
from indgang.guidance.models import LawCase, Override, RecordVersion, SavedAnswer
from indgang.kernel import files
from indgang.kernel.models import Duty, FilingItem
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.guidance.scene import a_list, an_agreement

FACTS = {
    "kind": "services", "cpv_main": "90911300", "value_dkk": 180_000, "related_value_dkk": 180_000, "kgi": "no",
    "existing_agreement": "no",
}  # fmt: skip


def a_case(cast: Cast, who: str = "karen", **facts: Any) -> LawCase:
    known = {name: value for name, value in (FACTS | facts).items() if value is not None}
    return cases.open_case(cast.be(who), BUY, "Vinduespudsning på otte skoler", facts=known, now=NOW)


def drafted(cast: Cast, case: LawCase) -> RecordVersion:
    return records.draft_record(cast.be("karen"), case, now=NOW)


def seen_to_all(cast: Cast, row: RecordVersion) -> None:
    count = sum(len(section.get("items", ())) for section in row.sections)
    records.edit_record(cast.be("karen"), row, texts={}, seen_to=list(range(count)), route=row.route, now=NOW)


def signed(cast: Cast, row: RecordVersion) -> RecordVersion:
    seen_to_all(cast, row)
    return records.sign_record(cast.be("karen"), row, now=NOW)


def section(row: RecordVersion, key: str) -> str:
    return next(str(each.get("text", each.get("items"))) for each in row.sections if each["key"] == key)


def test_one_press_drafts_facts_route_rejected_routes_and_what_to_see_to(cast: Cast) -> None:
    row = drafted(cast, a_case(cast))
    assert (row.number, row.route) == (1, "A")
    assert "180.000" in section(row, "facts")
    assert "(A)" in section(row, "route")
    assert "R190" in section(row, "rejected")
    assert "sha256:" in section(row, "basis")
    assert row.answer.pack in section(row, "basis")
    assert len(section(row, "checks")) > 20


def test_the_saved_answer_can_never_be_changed(cast: Cast) -> None:
    from django.db import ProgrammingError, transaction

    drafted(cast, a_case(cast))
    with pytest.raises(ProgrammingError), transaction.atomic():
        SavedAnswer.objects.update(pack="en anden")


def test_a_draft_that_says_the_same_is_given_back(cast: Cast) -> None:
    case = a_case(cast)
    assert drafted(cast, case).pk == drafted(cast, case).pk
    cases.tell(cast.be("karen"), case, {"value_dkk": 170_000}, now=NOW)
    assert drafted(cast, case).number == 2


def test_a_signed_record_is_a_pdf_on_its_way_to_the_records_system_and_stands_as_it_is(cast: Cast) -> None:
    row = signed(cast, drafted(cast, a_case(cast)))
    pdf = files.content(row.document)  # type: ignore[arg-type]
    assert pdf.startswith(b"%PDF")
    assert re.search(rb"pdfuaid:part>1<|pdfuaid:part=\"1\"", pdf)
    assert FilingItem.objects.get().title == "Beslutningsnotat: Vinduespudsning på otte skoler, version 1"
    with pytest.raises(Refused, match="underskrevet"):
        records.edit_record(cast.be("karen"), row, texts={}, seen_to=[], route="A", now=NOW)


def test_who_has_seen_to_a_condition_and_when_is_written_beside_it(cast: Cast) -> None:
    row = drafted(cast, a_case(cast))
    records.edit_record(cast.be("karen"), row, texts={}, seen_to=[0], route="A", now=NOW)
    items = next(each["items"] for each in row.sections if each["key"] == "checks")
    assert items[0]["by"] == "Karen Holm"
    assert items[1]["by"] == ""
    with pytest.raises(Refused, match="ingen har set efter"):
        records.sign_record(cast.be("karen"), row, now=NOW)


def test_a_record_whose_facts_have_changed_is_not_signed(cast: Cast) -> None:
    case = a_case(cast)
    row = drafted(cast, case)
    seen_to_all(cast, row)
    cases.tell(cast.be("karen"), case, {"value_dkk": 170_000}, now=NOW)
    with pytest.raises(Refused, match="Lav en ny version"):
        records.sign_record(cast.be("karen"), row, now=NOW)


def test_no_record_while_something_must_be_answered_or_an_agreement_covers_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="Svar først"):
        drafted(cast, a_case(cast, kgi=None))
    an_agreement(cast)
    with pytest.raises(Refused, match="dækket af en aftale"):
        drafted(cast, a_case(cast, existing_agreement=None))


def test_a_new_version_shows_what_changed(cast: Cast, browse: Browser) -> None:
    case = a_case(cast)
    signed(cast, drafted(cast, case))
    cases.tell(cast.be("karen"), case, {"value_dkk": 170_000}, now=NOW)
    drafted(cast, case)
    page = text_of(browse.log_in("karen").get(f"/jura/sag/{case.pk}/notat/2/"))
    assert "Kommet til: " in page
    assert "170.000" in page
    assert "underskrevet af Karen Holm" in page


def test_equal_versions_have_no_changes() -> None:
    sections = [{"key": "a", "title": "A", "text": "en\nto"}]
    assert changes_between(sections, sections) == []
    assert changes_between(sections, [])[0].lines == [("-", "en"), ("-", "to")]


def test_the_pages_from_answer_to_signed_record(cast: Cast, browse: Browser) -> None:
    a_list(cast)
    case, karen = a_case(cast), browse.log_in("karen")
    where = karen.post(f"/jura/sag/{case.pk}/notat/").headers["Location"]
    form = karen.get(where).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    page = karen.post(where, sent | {"sign": "1", "checks": []}, status=422)
    assert "ingen har set efter" in text_of(page), text_of(page)
    sent["checks"] = [value for value, _label in form.fields["checks"].choices]
    sent["case"] = "Otte skoler skal have pudset vinduer hver måned."
    page = karen.follow(where, sent | {"sign": "1"})
    assert "Underskrevet af Karen Holm" in text_of(page)
    assert "Otte skoler skal have pudset vinduer" in text_of(page)
    assert karen.get(f"{where}notat.pdf").content.startswith(b"%PDF")
    assert "version 1" in text_of(karen.get(f"/jura/sag/{case.pk}/"))
    browse.log_in("dan").get(where, status=404)


def test_a_lease_and_a_job_get_records_too(cast: Cast) -> None:
    lease = aim("lej-ud")
    assert lease is not None
    case = cases.open_case(cast.be("karen"), lease, "Kælderen", facts={"rent_evidence": "valuation"}, now=NOW)
    assert drafted(cast, case).route == "M02"
    job = aim("ansaet")
    assert job is not None
    case = cases.open_case(
        cast.be("karen"), job, "Fleksjob", facts={"employment.scheme": "fleksjob"}, now=NOW
    )
    assert drafted(cast, case).route.startswith("J")


# --- deciding against doubt


def doubtful(cast: Cast) -> LawCase:
    return a_case(cast, related_value_dkk="unknown")


def test_doubt_is_decided_in_writing_by_two(cast: Cast) -> None:
    case = doubtful(cast)
    row = overrides.ask_override(
        cast.be("karen"), case, "A", reason="Vi har set alle enheders køb igennem.",
        second=cast.people["søren"], now=NOW,
    )  # fmt: skip
    duty = Duty.objects.get(kind=overrides.BACK)
    assert duty.owner == cast.people["søren"]
    with pytest.raises(Refused):
        drafted(cast, case)
    with pytest.raises(Refused, match="en anden"):
        overrides.decide_override(cast.be("karen"), row, backed=True, now=NOW)
    overrides.decide_override(cast.be("søren"), row, backed=True, now=NOW)
    duty.refresh_from_db()
    assert not duty.is_open
    record = drafted(cast, case)
    assert record.route == "A"
    assert "Bakket op af Søren Dahl" in section(record, "override")


def test_an_override_falls_when_the_facts_change(cast: Cast) -> None:
    case = doubtful(cast)
    row = overrides.ask_override(
        cast.be("karen"), case, "A", reason="Set igennem.", second=cast.people["søren"], now=NOW
    )
    overrides.decide_override(cast.be("søren"), row, backed=True, now=NOW)
    cases.tell(cast.be("karen"), case, {"value_dkk": 190_000}, now=NOW)
    with pytest.raises(Refused):
        drafted(cast, case)


def test_what_the_law_closes_is_never_overridden(cast: Cast, browse: Browser) -> None:
    case = a_case(cast, kgi="yes")
    with pytest.raises(Refused, match="lukket af loven"):
        overrides.ask_override(
            cast.be("karen"), case, "A", reason="Vi vil gerne.", second=cast.people["søren"], now=NOW
        )
    page = browse.log_in("karen").get(f"/jura/sag/{case.pk}/fravig/A/")
    assert "kan ikke fraviges" in text_of(page)


def test_nobody_stands_behind_oneself(cast: Cast) -> None:
    with pytest.raises(Refused, match="En anden end dig selv"):
        overrides.ask_override(
            cast.be("karen"), doubtful(cast), "A", reason="Set igennem.", second=cast.people["karen"], now=NOW
        )


def test_the_second_person_is_one_who_answers_for_purchases(cast: Cast) -> None:
    with pytest.raises(Refused, match="Vælg en kollega i indkøb"):
        overrides.ask_override(
            cast.be("karen"), doubtful(cast), "A", reason="Set igennem.", second=cast.people["carla"], now=NOW
        )


def test_the_second_person_decides_on_a_page_of_their_own(cast: Cast, browse: Browser) -> None:
    case, karen = doubtful(cast), browse.log_in("karen")
    assert "Beslut det alligevel" in text_of(karen.get(f"/jura/sag/{case.pk}/?svar=1"))
    karen.follow(
        f"/jura/sag/{case.pk}/fravig/A/", {"reason": "Set igennem.", "second": cast.people["søren"].pk}
    )
    where = f"/jura/sag/{case.pk}/fravigelse/{Override.objects.get().pk}/"
    head = browse.log_in("søren")
    assert "hvorfor du ikke står bag" in text_of(head.post(where, {"refuse": "1"}, status=200))
    assert "står ikke bag" in text_of(head.follow(where, {"refuse": "1", "remark": "To skoler mangler."}))
    assert "står ikke bag" in text_of(karen.get(f"/jura/sag/{case.pk}/?svar=1"))
