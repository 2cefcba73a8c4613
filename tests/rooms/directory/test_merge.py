# SPDX-License-Identifier: MPL-2.0
"""Two rows that are one enterprise become one, and nothing that hung on them is lost."""

import pytest
from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory import queries
from indgang.directory.actions import merge, relations, status
from indgang.directory.models import Availability, Confirmation, Interest, Organisation, StatusFact
from indgang.kernel.database.tenancy import set_tenant
from tests.cast import NOW, Cast
from tests.factories import a_task
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_draft, a_public_one, by_link


@pytest.fixture
def founder(cast: Cast) -> Organisation:
    """Public, without a number, with history."""
    return a_public_one(
        cast, name="Ali reparerer", cvr_number="", kind="founder", text="Reparation af kontorstole",
        contact_email="ali@reparer.example", now=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def company(cast: Cast) -> Organisation:
    return a_draft(cast, name="Reparer ApS", cvr_number="99251557", now=timezone.now())


def test_everything_moves_over_and_the_old_address_leads_to_the_new(
    cast: Cast, browse: Browser, founder: Organisation, company: Organisation
) -> None:
    old_path = founder.path
    relations.assign_contact_person(cast.be("mette"), founder, cast.people["jonas"], now=NOW)
    relations.state_interest(
        cast.be("carla"),
        founder,
        user=cast.people["carla"],
        kind="mentor",
        first_date=NOW.date(),
        source="",
        now=NOW,
    )
    status.declare(by_link(founder), founder, now=NOW)
    merge.merge(cast.be("mette"), company, founder, now=NOW)
    company.refresh_from_db()
    assert (company.listings.count(), company.places.count(), company.contacts.count()) == (2, 2, 2)
    assert company.places.filter(is_main=True).count() == 1
    assert company.contacts.filter(is_main=True).count() == 1
    assert queries.contact_person(company.pk, cast.home.pk) == cast.people["jonas"]
    assert Interest.objects.get().organisation == company
    assert StatusFact.objects.get().organisation == company
    assert Confirmation.objects.get().organisation == company
    assert not company.is_draft
    assert Availability.objects.get(organisation=company).confirmed_at is not None
    assert browse.get(old_path, status=301).headers["Location"] == company.path


def test_what_rooms_above_hung_on_it_moves_too(
    cast: Cast, founder: Organisation, company: Organisation
) -> None:
    task = a_task(cast)
    from indgang.procurement.actions import describe
    from indgang.procurement.models import Invitation

    describe.pick(cast.be("carla"), task, founder, now=NOW)
    merge.merge(cast.be("mette"), company, founder, now=NOW)
    assert Invitation.objects.get().organisation == company


def test_a_row_that_cannot_be_there_twice_stays_with_the_pointer(
    cast: Cast, founder: Organisation, company: Organisation
) -> None:
    task = a_task(cast)
    from indgang.directory.actions import consent
    from indgang.procurement.actions import describe
    from indgang.procurement.models import Invitation

    consent.say_yes(by_link(company), company, now=NOW)
    for one in (founder, company):
        describe.pick(cast.be("carla"), task, one, now=NOW)
    merge.merge(cast.be("mette"), company, founder, now=NOW)
    assert {row.organisation for row in Invitation.objects.all()} == {founder, company}


def test_the_number_is_taken_over_by_the_one_that_lacks_it(
    cast: Cast, founder: Organisation, company: Organisation
) -> None:
    merge.merge(cast.be("mette"), founder, company, now=NOW)
    founder.refresh_from_db()
    company.refresh_from_db()
    assert (founder.cvr_number, founder.kind) == ("99251557", "social")
    assert (company.cvr_number, company.merged_into, company.closed_at) == (None, founder, NOW)
    assert queries.follow_merges(company.pk) == founder
    assert not queries.visible_to(cast.be("mette")).filter(pk=company.pk).exists()


def test_a_chain_of_merges_ends_at_the_last_one(
    cast: Cast, founder: Organisation, company: Organisation
) -> None:
    third = a_draft(cast, name="Tredje", cvr_number="")
    merge.merge(cast.be("mette"), company, founder, now=NOW)
    company.refresh_from_db()
    Organisation.objects.filter(pk=company.pk).update(cvr_number=None)
    company.refresh_from_db()
    merge.merge(cast.be("mette"), third, company, now=NOW)
    assert queries.follow_merges(founder.pk) == third
    assert queries.follow_merges(third.pk) is None


def test_two_with_a_number_each_are_two_enterprises(cast: Cast, company: Organisation) -> None:
    other = a_draft(cast)
    with pytest.raises(Refused, match="hver sit CVR-nummer"):
        merge.merge(cast.be("mette"), company, other, now=NOW)


def test_only_a_coordinator_merges_and_nobody_with_itself(
    cast: Cast, founder: Organisation, company: Organisation
) -> None:
    with pytest.raises(Refused, match="En koordinator"):
        merge.merge(cast.be("jonas"), company, founder, now=NOW)
    with pytest.raises(Refused, match="to forskellige"):
        merge.merge(cast.be("mette"), company, company, now=NOW)
    set_tenant(cast.next_door.pk)
    with pytest.raises(Refused, match="er skrevet ind af Åbjerg Kommune"):
        merge.merge(cast.be("dan"), founder, company, now=NOW)
    set_tenant(cast.home.pk)
    merge.merge(cast.be("mette"), company, founder, now=NOW)
    with pytest.raises(Refused, match="er lagt sammen med en anden"):
        merge.merge(cast.be("mette"), company, founder, now=NOW)


def test_a_coordinator_merges_on_a_page(
    cast: Cast, browse: Browser, founder: Organisation, company: Organisation
) -> None:
    mette, path = browse.log_in("mette"), f"/virksomheder/{company.pk}/saml/"
    assert "Ali reparerer" in text_of(mette.get(path))
    assert "Ali reparerer er lagt ind under denne" in text_of(mette.follow(path, {"other": founder.pk}))
    browse.log_in("carla").get(path, status=404)
