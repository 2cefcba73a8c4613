# SPDX-License-Identifier: MPL-2.0
"""Separate facts, each with evidence, date, verifier and end; none is ever a condition for anything."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from indgang.core.text import Refused
from indgang.directory.actions import relations, status
from indgang.directory.jobs import keep_profiles_current
from indgang.directory.models import Organisation, StatusFact
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Duty
from tests.cast import NOW, Cast
from tests.pages import Browser, text_of
from tests.rooms.directory.scene import a_public_one, by_link

DAY = date(2027, 4, 6)
REASON = "Alle fem kriterier er opfyldt, se vedtægterne § 2."


@pytest.fixture
def public(cast: Cast) -> Organisation:
    return a_public_one(cast, now=timezone.now())


def a_decision(cast: Cast, organisation: Organisation, by: str = "mette", **changes: object) -> StatusFact:
    given = {
        "reason": REASON,
        "evidence": "Vedtægter",
        "since": DAY,
        "valid_until": date(2090, 12, 31),
        "now": NOW,
    }
    return status.decide_equivalence(cast.be(by), organisation, **(given | changes))  # type: ignore[arg-type]


def test_what_the_enterprise_says_itself_is_shown_as_its_own_words(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    fact = status.declare(by_link(public), public, now=NOW)
    assert status.declare(by_link(public), public, now=NOW) == fact
    StatusFact.objects.update(since=timezone.localdate())
    assert "ikke set efter af andre" in text_of(browse.get(public.path))
    status.end_status(by_link(public), fact, now=NOW)
    assert "Kalder sig selv" not in text_of(browse.get(public.path))


def test_registration_follows_the_cvr_number_and_needs_evidence(cast: Cast, public: Organisation) -> None:
    given = {"kind": "registered", "since": DAY, "valid_until": None, "now": NOW}
    with pytest.raises(Refused, match="hvilken dokumentation"):
        status.register(cast.be("mette"), public, evidence=" ", **given)  # type: ignore[arg-type]
    founder = a_public_one(cast, name="Uden nummer", cvr_number="", contact_email="x@y.example")
    with pytest.raises(Refused, match="følger CVR-nummeret"):
        status.register(cast.be("mette"), founder, evidence="Opslag", **given)  # type: ignore[arg-type]
    fact = status.register(cast.be("mette"), public, evidence="Opslag i CVR", **given)  # type: ignore[arg-type]
    assert (fact.verified_by, fact.evidence, fact.created_at) == ("Mette Lind", "Opslag i CVR", NOW)


def test_a_newer_fact_of_the_same_kind_takes_over_and_the_old_stays_readable(
    cast: Cast, public: Organisation
) -> None:
    for evidence in ("Opslag 1", "Opslag 2"):
        status.register(
            cast.be("mette"),
            public,
            kind="registered",
            evidence=evidence,
            since=DAY,
            valid_until=None,
            now=NOW,
        )
    assert [fact.ended_at for fact in StatusFact.objects.order_by("pk")] == [NOW, None]


def test_the_share_is_public_only_as_at_least_thirty_per_cent(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    today = timezone.localdate()
    status.register(
        cast.be("mette"),
        public,
        kind="share_30",
        evidence="Underskrevet erklæring fra lederen: 41 %",
        since=today,
        valid_until=today + timedelta(days=365),
        now=timezone.now(),
    )
    page = text_of(browse.get(public.path))
    assert "Mindst 30 % dokumenteret" in page
    assert "41 %" not in page
    assert "41 %" in text_of(browse.log_in("mette").get(public.path))


def test_equivalence_needs_a_reason_an_end_and_a_coordinator(cast: Cast, public: Organisation) -> None:
    with pytest.raises(Refused, match="Skriv begrundelsen"):
        a_decision(cast, public, reason=" ")
    with pytest.raises(Refused, match="ligger før begyndelsen"):
        a_decision(cast, public, valid_until=DAY - timedelta(days=1))
    with pytest.raises(Refused, match="En koordinator afgør"):
        a_decision(cast, public, by="søren")
    assert a_decision(cast, public).municipality == cast.home


def test_one_municipalitys_decision_is_never_anothers(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    a_decision(cast, public, since=date(2020, 1, 1))
    assert "Opfylder betingelserne" in text_of(browse.get(public.path))
    assert REASON not in text_of(browse.get(public.path))
    assert REASON in text_of(browse.log_in("mette").get(public.path))
    assert "Opfylder betingelserne" not in text_of(browse.log_in("dan").get(public.path))
    set_tenant(cast.next_door.pk)
    assert not StatusFact.objects.filter(kind="equivalent").exists()
    theirs = a_decision(cast, public, by="dan")
    assert theirs.municipality == cast.next_door
    set_tenant(cast.home.pk)
    assert StatusFact.objects.get(kind="equivalent").municipality == cast.home


def test_the_enterprise_reads_the_reason_for_its_own_status(cast: Cast, public: Organisation) -> None:
    a_decision(cast, public)
    set_tenant(cast.next_door.pk, organisations=[public.pk])
    assert StatusFact.objects.get(kind="equivalent").reason == REASON


def test_a_fact_that_has_run_out_is_no_longer_shown(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    a_decision(cast, public, since=date(2020, 1, 1), valid_until=date(2020, 12, 31))
    assert "Opfylder betingelserne" not in text_of(browse.get(public.path))
    assert "udløb 31. december 2020" in text_of(browse.log_in("mette").get(public.path))


def test_the_page_says_that_status_is_never_a_condition(browse: Browser, public: Organisation) -> None:
    assert "Status er aldrig en betingelse" in text_of(browse.get(public.path))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "equivalent", "evidence": "x", "verified_by": "x"},
        {"kind": "registered", "evidence": "", "verified_by": "x"},
        {"kind": "registered", "evidence": "x", "verified_by": "x", "valid_until": date(2020, 1, 1)},
    ],
)
def test_the_database_itself_refuses_facts_without_reason_evidence_or_order(
    cast: Cast, public: Organisation, fields: dict[str, object]
) -> None:
    if fields["kind"] == "equivalent":
        fields = fields | {"municipality": cast.home}
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusFact.objects.create(organisation=public, since=DAY, created_at=NOW, **fields)


def test_a_document_is_kept_and_fetched_by_those_who_verify(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    mette = browse.log_in("mette")
    paper = SimpleUploadedFile("erklaering.pdf", b"%PDF-1.7 erkl\xc3\xa6ring", "application/pdf")
    given = {"kind": "share_30", "evidence": "Erklæring", "since": "2026-01-01", "document": paper}
    mette.post(f"/virksomheder/{public.pk}/dokumentation/", given)
    fact = StatusFact.objects.get()
    path = f"/virksomheder/{public.pk}/status/{fact.pk}/dokument/"
    assert mette.get(path).content == b"%PDF-1.7 erkl\xc3\xa6ring"
    assert browse.log_in("carla").get(path, status=409)
    browse.get(path, status=302)
    mette.post(f"/virksomheder/{public.pk}/status/{fact.pk}/ophoert/")
    fact.refresh_from_db()
    assert fact.ended_at is not None


def test_the_decision_is_made_on_a_page_with_the_five_criteria(
    cast: Cast, browse: Browser, public: Organisation
) -> None:
    mette, path = browse.log_in("mette"), f"/virksomheder/{public.pk}/betingelser/"
    assert "Et socialt formål" in text_of(mette.get(path))
    assert "Begrundelse" in text_of(mette.post(path, {"evidence": "Vedtægter"}, status=200))
    given = {"reason": REASON, "evidence": "Vedtægter", "since": "2026-01-01", "valid_until": "2090-12-31"}
    assert "Opfylder betingelserne" in text_of(mette.follow(path, given))
    browse.log_in("carla").get(path, status=404)


def test_somebody_is_reminded_to_look_again_a_month_before_a_fact_runs_out(
    cast: Cast, public: Organisation
) -> None:
    relations.assign_contact_person(cast.be("mette"), public, cast.people["jonas"], now=NOW)
    fact = a_decision(cast, public, valid_until=DAY + timedelta(days=60))
    for days, open_ones in ((29, 0), (30, 1), (31, 1)):
        keep_profiles_current(cast.home.pk, now=NOW + timedelta(days=days))
        assert Duty.objects.filter(kind="directory.look_again", done_at=None).count() == open_ones
    duty = Duty.objects.get(kind="directory.look_again")
    assert (duty.owner, duty.path) == (cast.people["jonas"], f"/virksomheder/{public.pk}/betingelser/")
    status.end_status(cast.be("mette"), fact, now=NOW)
    duty.refresh_from_db()
    assert duty.done_at == NOW


def test_a_newer_fact_settles_the_reminder(cast: Cast, public: Organisation) -> None:
    given = {"kind": "registered", "evidence": "Opslag", "since": DAY, "now": NOW}
    status.register(cast.be("mette"), public, valid_until=DAY + timedelta(days=20), **given)  # type: ignore[arg-type]
    keep_profiles_current(cast.home.pk, now=NOW)
    duty = Duty.objects.get(kind="directory.look_again")
    assert duty.path.endswith("/dokumentation/?slags=registered")
    assert duty.owner == cast.people["mette"], "nobody is assigned, so a coordinator looks after it"
    status.register(cast.be("mette"), public, valid_until=DAY + timedelta(days=400), **given)  # type: ignore[arg-type]
    assert not Duty.objects.filter(done_at=None, kind="directory.look_again").exists()
