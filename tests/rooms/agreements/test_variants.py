# SPDX-License-Identifier: MPL-2.0
"""Agreements of other kinds than Engholm Kro's: a cluster, two companies, two units; and a party that goes out."""

from datetime import timedelta

import pytest

from indgang.agreements.models import Accession, Agreement, Fulfilment
from indgang.agreements.partnership import accede, draft, promises
from indgang.agreements.partnership.leave import leave
from indgang.core.text import Refused
from indgang.kernel.models import Duty, OutgoingMail
from tests.cast import NOW, Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.agreements.partnership_scene import (
    FIRST,
    LAST,
    approved,
    confirm,
    in_force,
    lise,
    promising,
    says_yes,
)


def a_cluster(cast: Cast) -> Agreement:
    names = ("Engholm Kro", "Syværket", "Papir & Pluk")
    return in_force(cast, *(an_enterprise(cast, name) for name in names), variant="cluster")


def test_a_cluster_holds_when_the_last_of_four_has_said_yes(cast: Cast) -> None:
    agreement = a_cluster(cast)
    version = agreement.versions.get()
    assert agreement.in_force_at is not None
    assert version.accessions.exclude(acceded_at=None).count() == 4
    assert "Ingen er forpligtet til at købe af en anden." in version.text
    assert "Hvad aftalen ikke giver" in version.text


def test_two_companies_agree_and_the_municipality_signs_nothing(cast: Cast) -> None:
    lise(cast)
    cleaning, plastic = an_enterprise(cast, "Rent Ord"), an_enterprise(cast, "Nordvang Plast")
    agreement = draft.start(
        cast.be("mette"), variant="companies", title="Vask af kasser", unit=cast.units["Beskæftigelse"],
        manager=cast.people["mette"], first_date=FIRST, last_date=LAST, now=NOW,
        parties=[draft.Who(f"Leder af {one.name}", one.contacts.get().email, organisation=one) for one in (cleaning, plastic)],
    )  # fmt: skip
    for party in agreement.parties.all():
        confirm(party)
    version = promising(cast, agreement)
    approved(cast, version)
    accede.offer(cast.be("mette"), version, now=NOW)
    for one in Accession.objects.filter(version=version).select_related("version__agreement", "party"):
        says_yes(one)
    agreement.refresh_from_db()
    assert agreement.in_force_at is not None
    assert all(one.duty.awaits_others for one in Fulfilment.objects.select_related("duty"))
    assert not promises.ours(cast.home.pk).exists()


def test_two_units_agree_by_codes_to_their_own_accounts_and_it_is_nobody_elses_business(cast: Cast) -> None:
    lise(cast)
    units = (
        ("Beskæftigelse", "Lise Krag", "lise@aabjerg.example"),
        ("Biblioteket", "Carla Juhl", "carla@aabjerg.example"),
    )
    agreement = draft.start(
        cast.be("mette"), variant="internal", title="Praktik på biblioteket", unit=cast.units["Beskæftigelse"],
        manager=cast.people["mette"], first_date=FIRST, last_date=LAST, now=NOW,
        parties=[draft.Who(name, email, unit=cast.units[unit]) for unit, name, email in units],
    )  # fmt: skip
    assert not agreement.parties.filter(email_confirmed_at=None).exists()
    version = promising(cast, agreement)
    approved(cast, version)
    accede.offer(cast.be("mette"), version, now=NOW)
    for one in Accession.objects.filter(version=version).select_related("version__agreement", "party"):
        says_yes(one)
    agreement.refresh_from_db()
    assert agreement.in_force_at is not None
    assert not promises.ours(cast.home.pk).exists()
    with pytest.raises(Refused, match="kun enheder i kommunen"):
        draft.add_party(
            cast.be("mette"), agreement, draft.Who("x", "x@x.dk", organisation=an_enterprise(cast, "Syværket")), now=NOW
        )  # fmt: skip


def test_a_party_goes_out_its_promises_fall_and_the_others_stand(cast: Cast, browse: Browser) -> None:
    agreement = a_cluster(cast)
    sewing = agreement.parties.get(organisation__name="Syværket")
    mette = browse.log_in("mette")
    path = f"/aftaler/{agreement.pk}/part/{sewing.pk}/ud/"
    assert "Udfyld feltet" in text_of(mette.post(path, {"why": ""}, status=200))
    assert "Syværket er gået ud" in text_of(mette.follow(path, {"why": "De lukker til sommer."}))
    dropped = Fulfilment.objects.select_related("duty").get(party=sewing)
    assert dropped.duty.outcome == Duty.Outcome.DROPPED
    assert Fulfilment.objects.filter(agreement=agreement, dropped_at=None).count() == 3
    told = OutgoingMail.objects.filter(subject="Syværket er gået ud af »Flere pladser på kroen«")
    assert told.count() == 4
    assert all("De lukker til sommer." in mail.body for mail in told)
    version = draft.new_version(cast.be("mette"), agreement, note="Uden Syværket", now=NOW)
    version.agreement = agreement
    assert not version.obligations.filter(party=sewing).exists()
    approved(cast, version)
    offered = accede.offer(cast.be("mette"), version, now=NOW)
    assert "Syværket holder møde" not in offered.text
    assert "– Syværket" not in offered.text
    assert offered.accessions.count() == 3


def test_nobody_goes_out_when_nobody_would_be_left_or_while_the_text_is_on_offer(cast: Cast) -> None:
    agreement = in_force(cast)
    party = agreement.parties.get(organisation__isnull=False)
    with pytest.raises(Refused, match="Opsig den i stedet"):
        leave(cast.be("mette"), party, why="De lukker", now=NOW)
    cluster = in_force(
        cast, *(an_enterprise(cast, name) for name in ("Rent Ord", "Syværket")), variant="cluster"
    )
    one = cluster.parties.filter(organisation__isnull=False)[0]
    with pytest.raises(Refused, match="hvorfor parten går ud"):
        leave(cast.be("mette"), one, why=" ", now=NOW)
    version = draft.new_version(cast.be("mette"), cluster, note="Ny dato", now=NOW)
    version.agreement = cluster
    approved(cast, version)
    accede.offer(cast.be("mette"), version, now=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="Træk den tilbage"):
        leave(cast.be("mette"), one, why="De lukker", now=NOW)
    with pytest.raises(Refused, match="Kun den aftaleansvarlige"):
        leave(cast.be("carla"), one, why="De lukker", now=NOW)
