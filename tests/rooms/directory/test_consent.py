# SPDX-License-Identifier: MPL-2.0
"""The enterprise says yes, corrects, or asks to go; looking at the link changes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory import removals
from indgang.directory.actions import consent
from indgang.directory.models import Confirmation, Contact, Organisation, Removal
from indgang.kernel.models import Duty, OutgoingMail
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_draft, a_link, a_public_one, by_link, links_to


def test_the_first_mail_states_source_purpose_and_how_to_be_removed(cast: Cast) -> None:
    draft = a_draft(cast)
    assert consent.ask_for_yes(cast.be("mette"), draft, now=NOW)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "rikke@papirpluk.example"
    for told in ("en samtale med jer", "spørge jer om opgaver", "«Fjern os»", "dataansvarlig", "{link}"):
        assert told in mail.body
    assert Duty.objects.get().title.startswith("Ring til Papir & Pluk")


@pytest.mark.parametrize("facts", [{"advertising_protected": True}, {"contact_email": ""}])
def test_who_is_protected_or_has_no_address_becomes_a_telephone_task(
    cast: Cast, facts: dict[str, object]
) -> None:
    draft = a_draft(cast, **facts)
    assert not consent.ask_for_yes(cast.be("mette"), draft, now=NOW)
    assert not OutgoingMail.objects.exists()
    duty = Duty.objects.get()
    assert (duty.owner, duty.path) == (cast.people["mette"], f"/virksomheder/{draft.pk}/svar/")


def test_nobody_is_written_to_twice_within_a_fortnight(cast: Cast) -> None:
    draft = a_draft(cast)
    consent.ask_for_yes(cast.be("mette"), draft, now=NOW)
    with pytest.raises(Refused, match="Ring i stedet"):
        consent.ask_for_yes(cast.be("mette"), draft, now=NOW + timedelta(days=13))
    assert consent.ask_for_yes(cast.be("mette"), draft, now=NOW + timedelta(days=15))
    assert Duty.objects.filter(done_at=None).count() == 1


def test_a_mail_scanner_may_open_the_link_as_often_as_it_likes(cast: Cast, browse: Browser) -> None:
    draft = a_draft(cast)
    link = a_link(cast, draft, now=timezone.now())
    for _ in range(3):
        page = text_of(browse.get(link))
        assert "Må vi vise Papir & Pluk" in page
        assert "Oplysningerne kommer fra en samtale med jer" in page
    browse.get(f"{link}fjern/")
    draft.refresh_from_db()
    assert draft.is_draft
    assert Confirmation.objects.count() == 0


def test_one_press_makes_the_profile_public_and_keeps_who_said_so(cast: Cast, browse: Browser) -> None:
    draft = a_draft(cast)
    consent.ask_for_yes(cast.be("mette"), draft, now=timezone.now())
    link = a_link(cast, draft, now=timezone.now())
    assert "kan nu findes" in text_of(browse.follow(f"{link}ja/"))
    draft.refresh_from_db()
    said = Confirmation.objects.get()
    assert not draft.is_draft
    assert (said.kind, said.channel, said.said_by) == ("listed", "link", "Rikke Thorup")
    assert Duty.objects.get().outcome == Duty.Outcome.DONE
    assert "Papir & Pluk" in text_of(browse.get("/virksomheder/"))


def test_a_phoned_yes_is_recorded_with_who_said_it_and_who_wrote_it_down(cast: Cast) -> None:
    draft = a_draft(cast)
    with pytest.raises(Refused, match="hvem i virksomheden"):
        consent.say_yes(cast.be("mette"), draft, now=NOW)
    with pytest.raises(Refused, match="Skriv navnet"):
        consent.note_phoned_yes(cast.be("mette"), draft, said_by=" ", now=NOW)
    consent.note_phoned_yes(cast.be("mette"), draft, said_by="Rikke Thorup", now=NOW)
    said = Confirmation.objects.get()
    assert (said.channel, said.said_by, said.noted_by, said.at) == (
        "phone",
        "Rikke Thorup",
        "Mette Lind",
        NOW,
    )


def test_staff_next_door_cannot_say_yes_for_anybody(cast: Cast) -> None:
    public = a_public_one(cast)
    with pytest.raises(Refused, match="står her allerede"):
        consent.say_yes(by_link(public), public, now=NOW)
    draft = a_draft(cast, name="Ny", cvr_number="")
    with pytest.raises(Refused, match="Kun virksomheden selv"):
        consent.note_phoned_yes(cast.be("carla"), draft, said_by="En", now=NOW)


def test_an_expired_link_says_what_to_do_and_a_foreign_one_does_not_exist(
    cast: Cast, browse: Browser
) -> None:
    draft = a_draft(cast)
    dead = a_link(cast, draft, now=timezone.now() - timedelta(days=61))
    assert "Linket virker ikke længere" in text_of(browse.get(dead, status=410))
    browse.get("/l/virksomhed/opdigtet/", status=404)
    browse.post(f"{dead}ja/", status=410)
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_link_to_one_enterprise_opens_no_other(cast: Cast, browse: Browser) -> None:
    draft, other = a_draft(cast), a_draft(cast, name="En anden", cvr_number="")
    link = a_link(cast, draft, now=timezone.now())
    stranger = other.listings.get()
    browse.get(f"{link}ret/ydelser/{stranger.pk}/", status=404)
    browse.get(f"/virksomheder/{other.pk}/ret/", status=302)
    with pytest.raises(Refused):
        consent.say_yes(by_link(draft), other, now=NOW)


def test_whoever_asks_to_go_is_deleted_and_no_list_brings_them_back(cast: Cast, browse: Browser) -> None:
    draft = a_draft(cast)
    link = a_link(cast, draft, now=timezone.now())
    assert "er fjernet" in text_of(browse.post(f"{link}fjern/", status=200))
    assert not Organisation.objects.exists()
    assert not Contact.objects.exists()
    same_one: tuple[dict[str, str], ...] = (
        {},
        {"cvr_number": ""},
        {"name": "Et helt nyt navn", "town": "Ny by"},
        {"name": "PAPIR & PLUK", "cvr_number": ""},
    )
    for facts in same_one:
        with pytest.raises(Refused, match="har bedt om ikke at stå her"):
            a_draft(cast, **facts)
    assert "Linket virker ikke længere" in text_of(browse.get(link, status=410))


def test_only_keyed_hashes_are_kept_of_those_who_left(cast: Cast) -> None:
    draft = a_draft(cast)
    consent.remove(by_link(draft), draft, now=NOW)
    kept = [bytes(row.digest) for row in Removal.objects.all()]
    assert len(kept) == 2
    assert all(len(digest) == 32 for digest in kept)
    assert set(kept) == set(removals.digests("Papir & Pluk S.M.B.A.", "Åbjerg", "99202831"))


def test_the_enterprise_itself_may_come_back(cast: Cast) -> None:
    draft = a_draft(cast)
    consent.remove(by_link(draft), draft, now=NOW)
    again = a_draft(cast, returns=True)
    assert again.is_draft
    consent.remove(by_link(again), again, now=NOW + timedelta(days=1))
    with pytest.raises(Refused, match="har bedt om ikke at stå her"):
        a_draft(cast)


def test_links_stop_working_when_the_enterprise_is_removed(cast: Cast) -> None:
    draft = a_draft(cast)
    a_link(cast, draft, now=NOW)
    (link,) = links_to(draft)
    consent.remove(by_link(draft), draft, now=NOW)
    link.refresh_from_db()
    assert link.revoked_at == NOW


def test_strangers_cannot_remove_anybody(cast: Cast, browse: Browser) -> None:
    public = a_public_one(cast)
    with pytest.raises(Refused, match="fjernes af den selv eller af Åbjerg Kommune"):
        consent.remove(cast.be("dan"), public, now=NOW)
    browse.log_in("carla").get(f"/virksomheder/{public.pk}/fjern/", status=404)
    browse.log_in("dan").get(f"/virksomheder/{public.pk}/fjern/", status=404)


def test_staff_write_down_the_answer_on_a_page(cast: Cast, browse: Browser) -> None:
    draft = a_draft(cast)
    mette = browse.log_in("mette")
    page = text_of(mette.get(f"/virksomheder/{draft.pk}/svar/"))
    assert "Rikke Thorup" in page
    assert "Send mailen" in page
    mette.post(f"/virksomheder/{draft.pk}/svar/", {"ask": "ja"})
    assert OutgoingMail.objects.count() == 1
    mette.post(f"/virksomheder/{draft.pk}/svar/", {"said_by": "Rikke"})
    assert Confirmation.objects.get().noted_by == "Mette Lind"
    browse.log_in("carla").get(f"/virksomheder/{draft.pk}/svar/", status=404)


def test_many_drafts_are_asked_at_once(cast: Cast, browse: Browser) -> None:
    one = a_draft(cast)
    two = a_draft(cast, name="To", cvr_number="", contact_email="")
    mette = browse.log_in("mette")
    answer = mette.follow("/virksomheder/kladder/spoerg/", {"virksomhed": [one.pk, two.pk, "x"]})
    assert "1 mail er skrevet. 1 skal ringes op." in text_of(answer)
    again = mette.follow("/virksomheder/kladder/spoerg/", {"virksomhed": [one.pk]})
    assert "1 er spurgt for nylig" in text_of(again)
