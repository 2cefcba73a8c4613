# SPDX-License-Identifier: MPL-2.0
"""Who could deliver a call, a lot of it, or a part as subcontractor."""

from datetime import UTC, datetime

import pytest

from indgang.core.text import Reason
from indgang.directory.models import Listing
from indgang.directory.search import find, forget_all
from indgang.kernel.database.tenancy import set_tenant
from indgang.procurement.models import Notice, NoticeMatch
from indgang.procurement.notices.jobs import ask_for_matches, match_notices
from indgang.procurement.notices.keep import shared_register
from indgang.procurement.notices.matching import match_open_calls, offers, said
from indgang.procurement.notices.pages import matches_by_notice
from tests.cast import Cast
from tests.core.notices.samples import sample
from tests.factories import an_enterprise
from tests.rooms.procurement.notice_files import Answer, FoundOne, FoundTask, finds, kept, the

EARLY = datetime(2027, 1, 15, tzinfo=UTC)


def test_every_lot_is_searched_with_its_own_words_value_and_code(cast: Cast) -> None:
    asked: list[tuple[str, int | None, str]] = []

    def find(text: str, *, value_dkk: int | None = None, cpv_code: str = "", top: int = 10) -> Answer:
        asked.append((text.partition("\n")[0], value_dkk, cpv_code))
        return Answer()

    assert offers(sample("kantine"), find) == []
    assert asked == [
        ("Kantine på biblioteket", 1_800_000, "55512000"),
        ("Kantine på rådhuset", 2_400_000, "55512000"),
    ]


def test_one_who_fits_every_lot_can_do_it_all_and_one_who_fits_one_can_do_a_lot(cast: Cast) -> None:
    both, one = an_enterprise(cast, "Begge Køkkener"), an_enterprise(cast, "Kun Biblioteket")
    kept("kantine")
    find = finds(
        ("biblioteket", Answer((FoundOne(both.pk), FoundOne(one.pk, 0.7)))),
        ("rådhuset", Answer((FoundOne(both.pk),))),
    )
    assert match_open_calls(find, now=EARLY) == 1
    row = the("kantine")
    first, second = matches_by_notice([row], cast.home)[row.pk]
    assert (first.row.organisation, first.is_whole, first.lots) == (both, True, ["LOT-0001", "LOT-0002"])
    assert (second.row.organisation, second.is_whole, second.lots) == (one, False, ["LOT-0001"])
    assert [str(said(reason)) for reason in first.row.reasons] == ["Sælger kantinedrift"]


def test_one_who_can_do_only_one_of_several_tasks_is_a_subcontractor(cast: Cast) -> None:
    windows = an_enterprise(cast, "Blanke Ruder")
    whole = an_enterprise(cast, "Alt i Rengøring")
    find = finds(
        (
            "Ompolstring",
            Answer(
                (FoundOne(whole.pk),),
                (
                    FoundTask("Vinduespudsning", (FoundOne(windows.pk), FoundOne(whole.pk))),
                    FoundTask("Daglig rengøring", (FoundOne(whole.pk),)),
                ),
            ),
        ),
    )
    found = {offer.organisation_id: offer for offer in offers(sample("national"), find)}
    assert (found[whole.pk].is_whole, found[whole.pk].part) == (True, "")
    assert (found[windows.pk].is_whole, found[windows.pk].part) == (False, "Vinduespudsning")


@pytest.mark.parametrize("value", ["largest", "capacity", "asked"])
def test_one_who_lacks_size_capacity_or_a_trade_is_a_subcontractor(cast: Cast, value: str) -> None:
    enterprise = an_enterprise(cast, "Lille Systue")
    missing = Reason("Mangler %(what)s", {"what": "noget", value: "100.000"})
    (offer,) = offers(sample("national"), finds(("", Answer((FoundOne(enterprise.pk, missing=missing),)))))
    assert (offer.is_whole, offer.missing) == (False, missing)


def test_one_who_only_lacks_something_else_can_still_do_the_lot(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Systuen")
    missing = Reason("Holder ferie i %(month)s", {"month": "juli"})
    (offer,) = offers(sample("national"), finds(("", Answer((FoundOne(enterprise.pk, missing=missing),)))))
    assert offer.is_whole


def test_an_unlikely_proposal_is_not_worth_a_mail(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Langt Ude")
    assert offers(sample("national"), finds(("", Answer((FoundOne(enterprise.pk, 0.15),))))) == []


def test_one_found_only_for_a_task_within_the_lot_is_among_the_offers(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Blanke Ruder")
    tasks = (FoundTask("Ruder", (FoundOne(enterprise.pk, 0.8),)), FoundTask("Gulve"))
    (offer,) = offers(sample("national"), finds(("", Answer((), tasks))))
    assert (offer.organisation_id, offer.is_whole, offer.part) == (enterprise.pk, False, "Ruder")


def test_the_directorys_own_search_tells_when_a_lot_is_too_large(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Lille Systue", "Ompolstring af stole og møbler")
    Listing.objects.filter(organisation=enterprise).update(largest_dkk=100_000)
    forget_all()
    (offer,) = offers(sample("national"), find)
    assert offer.missing is not None
    assert not offer.is_whole


def test_matching_again_replaces_what_was_found_and_forgets_closed_calls(cast: Cast) -> None:
    first, second = an_enterprise(cast, "Første"), an_enterprise(cast, "Anden")
    kept("kantine", "national")
    match_open_calls(finds(("", Answer((FoundOne(first.pk),)))), now=EARLY)
    assert NoticeMatch.objects.count() == 3
    match_open_calls(
        finds(("", Answer((FoundOne(second.pk, missing=Reason("Leverer ikke dér")),)))), now=EARLY
    )
    assert set(NoticeMatch.objects.values_list("organisation__name", flat=True)) == {"Anden"}
    after_the_chairs = datetime(2027, 2, 10, tzinfo=UTC)
    match_open_calls(finds(), now=after_the_chairs)
    assert NoticeMatch.objects.count() == 0


def test_an_enterprise_that_is_not_published_or_has_closed_is_not_shown(cast: Cast) -> None:
    draft, closed = an_enterprise(cast, "Kladde", published=False), an_enterprise(cast, "Lukket")
    kept("kantine")
    match_open_calls(finds(("", Answer((FoundOne(closed.pk),)))), now=EARLY)
    with shared_register():
        NoticeMatch.objects.create(notice=the("kantine"), organisation_id=draft.pk, extent="lot", score=1)
    closed.closed_at = EARLY
    closed.save()
    row = the("kantine")
    assert matches_by_notice([row], cast.home)[row.pk] == ()


def test_our_own_enterprises_come_first(cast: Cast) -> None:
    set_tenant(cast.next_door.pk)
    away = an_enterprise(Cast(cast.next_door, cast.home), "Langt Væk")
    away.places.update(municipality_code=101)
    set_tenant(cast.home.pk)
    here = an_enterprise(cast, "Herhjemme")
    kept("national")
    match_open_calls(finds(("", Answer((FoundOne(away.pk, 0.99), FoundOne(here.pk, 0.5))))), now=EARLY)
    row = the("national")
    assert [
        (match.row.organisation.name, match.is_ours) for match in matches_by_notice([row], cast.home)[row.pk]
    ] == [
        ("Herhjemme", True),
        ("Langt Væk", False),
    ]


def test_the_job_matches_with_the_directorys_own_search(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen", "Kantinedrift, frokost og mødeforplejning")
    kept("kantine")
    with shared_register():
        Notice.objects.update(closes_at=datetime(2999, 1, 1, tzinfo=UTC))
    ask_for_matches()
    ask_for_matches()
    match_notices()
    assert set(NoticeMatch.objects.values_list("organisation", flat=True)) == {enterprise.pk}
