# SPDX-License-Identifier: MPL-2.0
"""Placements: closed without a DPIA, sealed, seen by few, and gone on time."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from indgang.core.quarter import Quarter
from indgang.core.text import Refused
from indgang.kernel.access import system
from indgang.kernel.database.tenancy import acting_as, set_tenant
from indgang.kernel.models import AuditLine, DeletionLine, Duty
from indgang.kernel.retention import forget
from indgang.placements import codes, vault
from indgang.placements.actions import count, dpia, register
from indgang.placements.actions.bring_in import bring_in
from indgang.placements.models import Dpia, Placement, QuarterFigures
from indgang.placements.new_placement import NewPlacement
from indgang.placements.permissions import dpia_in_force
from tests.cast import NOW, Cast
from tests.factories import an_enterprise, as_staff, speaker
from tests.pages import Browser, text_of
from tests.rooms.placements.scene import PDF, entry, four, place, sign

HEAD = "virksomhed;enhed;type;timer;effektive timer;fra;til;kode;kommer fra\n"


def test_nothing_is_kept_before_a_signed_dpia_is_recorded(cast: Cast) -> None:
    organisation = an_enterprise(cast, "Rent Ord")
    with pytest.raises(Refused, match="konsekvensanalyse"):
        place(cast, organisation)
    with pytest.raises(Refused, match="konsekvensanalyse"):
        codes.issue_code(cast.be("jonas"), now=NOW)
    sign(cast)
    assert place(cast, organisation)


def test_a_dpia_has_a_file_a_date_a_signer_and_a_review(cast: Cast) -> None:
    row = sign(cast)
    assert (row.signed_on, row.signer, row.document.name) == (
        date(2026, 3, 1),
        "Lise Krag, direktør",
        "dpia.pdf",
    )
    assert Duty.objects.get(kind=dpia.REVIEW).owner == cast.people["mette"]
    with pytest.raises(Refused, match="Træk den tilbage"):
        sign(cast)


def test_a_dpia_that_has_been_looked_through_is_due_again_in_a_year(cast: Cast, browse: Browser) -> None:
    row = sign(cast)
    with pytest.raises(Refused, match="set efter"):
        dpia.review_dpia(cast.be("mette"), row, note=" ", now=NOW)
    with pytest.raises(Refused, match="koordinatoren"):
        dpia.review_dpia(cast.be("carla"), row, note="Set", now=NOW)
    mette = browse.log_in("mette")
    page = text_of(mette.follow("/job/konsekvensanalyse/gennemgaaet/", {"note": "Adgange og sletning"}))
    assert "minder om den igen om et år" in page
    first, second = Duty.objects.filter(kind=dpia.REVIEW).order_by("pk")
    assert not first.is_open
    assert second.is_open
    dpia.withdraw_dpia(cast.be("mette"), dpia_in_force(cast.home.pk), reason="Laves om", now=NOW)
    second.refresh_from_db()
    assert not second.is_open


def test_a_buyer_cannot_record_a_dpia_and_none_is_signed_tomorrow(cast: Cast) -> None:
    upload = SimpleUploadedFile("dpia.pdf", PDF)
    for who, day, why in (("carla", NOW.date(), "koordinatoren"), ("mette", date(2028, 1, 1), "efter i dag")):
        with pytest.raises(Refused, match=why):
            dpia.record_dpia(cast.be(who), document=upload, signed_on=day, signer="Lise", now=NOW)


def test_withdrawing_closes_at_once_and_erases_a_month_later(cast: Cast) -> None:
    row, organisation = sign(cast), an_enterprise(cast, "Rent Ord")
    place(cast, organisation)
    dpia.withdraw_dpia(cast.be("mette"), row, reason="Analysen skal laves om", now=NOW)
    with pytest.raises(Refused, match="konsekvensanalyse"):
        place(cast, organisation)
    assert forget(NOW + timedelta(days=29)) == 0
    assert forget(NOW + timedelta(days=31)) == 1
    assert DeletionLine.objects.filter(model="placements.Placement").count() == 1


def test_a_new_dpia_within_the_month_keeps_the_placements(cast: Cast) -> None:
    row, organisation = sign(cast), an_enterprise(cast, "Rent Ord")
    number = place(cast, organisation)
    dpia.withdraw_dpia(cast.be("mette"), row, reason="Ny udgave", now=NOW)
    sign(cast)
    assert entry(cast, number).forget_at is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"last_date": date(2027, 1, 1)}, "slutter, før"),
        ({"hours_present": 0}, "timer om ugen"),
        ({"hours_present": float("nan")}, "timer om ugen"),
        ({"hours_effective": 21}, "effektive"),
        ({"kind": "volunteer"}, "slags plads"),
        ({"code": "010190-1234"}, "ikke udstedt"),
        ({"code": "A1B-C2D"}, "ikke udstedt"),
        ({"origin_label": "For 010190-1234"}, "CPR"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(
    cast: Cast, changes: dict[str, object], why: str
) -> None:
    sign(cast)
    facts: dict[str, object] = {
        "organisation_id": an_enterprise(cast, "Rent Ord").pk,
        "kind": "flex",
        "hours_present": 20,
        "hours_effective": 12,
        "first_date": date(2027, 2, 1),
    }
    with pytest.raises(Refused, match=why):
        register.register(cast.be("jonas"), NewPlacement(**facts | changes), now=NOW)  # type: ignore[arg-type]


def test_the_database_refuses_an_end_before_the_start(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="ends_after"), vault.reach(cast.house):
        Placement.objects.create(
            municipality=cast.home, organisation_id=1, first_date=date(2027, 2, 1), last_date=date(2027, 1, 1),
            sealed=b"x", created_by="x", created_at=NOW,
        )  # fmt: skip


def test_a_person_with_a_code_is_not_in_two_places_at_once(cast: Cast) -> None:
    sign(cast)
    organisation = an_enterprise(cast, "Rent Ord")
    code = codes.issue_code(cast.be("jonas"), now=NOW)
    place(cast, organisation, first=date(2027, 1, 4), last=date(2027, 2, 28), code=code)
    with pytest.raises(Refused, match="samme periode"):
        place(cast, organisation, first=date(2027, 2, 28), code=code)
    assert place(cast, organisation, first=date(2027, 3, 1), code=codes.tidy(code.lower().replace("-", " ")))


def test_columns_are_encrypted_and_codes_are_hashed(cast: Cast) -> None:
    sign(cast)
    code = codes.issue_code(cast.be("jonas"), now=NOW)
    number = place(cast, an_enterprise(cast, "Rent Ord"), code=code)
    with vault.reach(cast.house):
        row = Placement.objects.get(pk=number)
    for secret in (b"flex", code.encode()):
        assert secret not in bytes(row.sealed) + bytes(row.code_digest or b"")
    assert entry(cast, number).facts.code == code


def test_the_application_itself_cannot_touch_placements(cast: Cast) -> None:
    for statement in ("SELECT 1 FROM placements_placement", "DELETE FROM placements_issuedcode"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_role_sees_nothing_else_and_nothing_without_being_told_whose(cast: Cast) -> None:
    sign(cast)
    place(cast, an_enterprise(cast, "Rent Ord"))
    with acting_as("indgang_placements", ""):
        assert not Placement.objects.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), vault.reach(cast.house):
        Dpia.objects.exists()
    with connection.cursor() as cursor:  # an error gives the role back
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("indgang_app",)


def test_the_next_municipality_sees_nothing(cast: Cast) -> None:
    sign(cast)
    place(cast, an_enterprise(cast, "Rent Ord"))
    set_tenant(cast.next_door.pk)
    assert vault.read(cast.be("dan"), "test", now=NOW) == []


def test_an_enterprise_sees_its_own_only(cast: Cast) -> None:
    sign(cast)
    ours, theirs = an_enterprise(cast, "Rent Ord"), an_enterprise(cast, "Grøn Hånd")
    place(cast, ours)
    place(cast, theirs)
    seen = vault.read(speaker(cast, ours), "egne", now=NOW)
    assert [one.organisation_id for one in seen] == [ours.pk]
    as_staff(cast)
    with pytest.raises(Refused, match="sagsbehandlere"):
        vault.read(cast.be("carla"), "nysgerrighed", now=NOW)


def test_every_read_is_logged_with_its_purpose(cast: Cast, browse: Browser) -> None:
    sign(cast)
    place(cast, an_enterprise(cast, "Rent Ord"))
    browse.log_in("jonas").get("/job/pladser/")
    line = AuditLine.objects.filter(act="placements.read").latest("number")
    assert (line.principal, line.purpose, line.facts) == (
        f"user:{cast.people['jonas'].pk}",
        "oversigt over pladser",
        {"count": 1},
    )
    with pytest.raises(ValueError, match="purpose"):
        vault.read(cast.house, "", now=NOW)


def test_a_list_with_a_foreign_column_is_not_read(cast: Cast) -> None:
    sign(cast)
    for column in ("cpr", "navn", "diagnose"):
        with pytest.raises(Refused, match=rf"ikke beder om \({column}\), og er ikke læst"):
            bring_in(cast.be("jonas"), f"virksomhed;type;timer;fra;{column}\n".encode(), now=NOW)
    with pytest.raises(Refused, match=r"\[CPR\]"):
        bring_in(cast.be("jonas"), b"virksomhed;type;timer;fra;010190-1234\n", now=NOW)


def test_a_list_is_kept_whole_or_every_bad_line_is_named(cast: Cast) -> None:
    sign(cast)
    an_enterprise(cast, "Rent Ord")
    good = "Rent Ord;Biblioteket;fleksjob;12,5;8;01-02-2027;;;Ordre 10001\n"
    lines = HEAD + good + (
        "Ukendt;;fleksjob;10;;01-02-2027;;;\n"
        "Rent Ord;;frivillig;10;;01-02-2027;;;\n"
        "Rent Ord;;praktik;ti;;01-02-2027;;;\n"
        "Rent Ord;;praktik;10;;31-02-2027;;;\n"
        "Rent Ord;;praktik;10;;01-02-2027;01-01-2027;;\n"
        "Rent Ord;;praktik;10;;01-02-2027;;010190-1234;\n"
        "Rent Ord;;praktik;10;;01-02-2027;;X1X;\n"
        "Rent Ord;Rummet;praktik;10;;01-02-2027;;;\n"
    )  # fmt: skip
    kept, bad = bring_in(cast.be("jonas"), lines.encode("cp1252"), now=NOW)
    assert kept == 0
    assert [line.number for line in bad] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert vault.read(cast.house, "test", now=NOW) == []
    kept, bad = bring_in(cast.be("jonas"), (HEAD + good).encode(), now=NOW)
    assert (kept, bad) == (1, [])
    one = vault.read(cast.house, "test", now=NOW)[0]
    assert (one.facts.hours_present, one.facts.hours_effective, one.facts.origin_label) == (
        12.5,
        8,
        "Ordre 10001",
    )


def test_two_lines_of_one_code_in_the_same_weeks_are_refused(cast: Cast) -> None:
    sign(cast)
    an_enterprise(cast, "Rent Ord")
    code = codes.issue_code(cast.be("jonas"), now=NOW)
    line = f"Rent Ord;;praktik;10;;01-02-2027;01-04-2027;{code};\n"
    kept, bad = bring_in(cast.be("jonas"), (HEAD + line * 2).encode(), now=NOW)
    assert kept == 0
    assert [one.number for one in bad] == [3]


def test_a_placement_is_forgotten_when_no_quarter_needs_it_and_the_figures_stay(cast: Cast) -> None:
    sign(cast)
    enterprises = four(cast)
    for organisation in enterprises:
        for _ in range(3):
            place(cast, organisation, first=date(2026, 1, 12), last=date(2026, 12, 31))
    house = system(cast.home.pk)
    for number in range(1, 5):
        count.freeze(house, Quarter(2026, number), now=NOW)
    assert count.schedule_forgetting(cast.home.pk, now=NOW) == 0, "their year is up in the next quarter"
    before = QuarterFigures.objects.get(year=2026, quarter=2).tables
    count.freeze(house, Quarter(2027, 1), now=NOW)
    assert count.schedule_forgetting(cast.home.pk, now=NOW) == 12
    assert forget(NOW + count.KEPT_AFTER_FREEZING + timedelta(days=1)) == 12
    assert vault.read(house, "test", now=NOW) == []
    assert before["posts"]["people"][-1][-1] == 12
    assert count.count(house, Quarter(2026, 2), now=NOW).tables == before


def test_the_list_costs_the_same_however_long_it_is(cast: Cast, browse: Browser) -> None:
    sign(cast)
    first, second, third, fourth = four(cast)
    jonas = browse.log_in("jonas")
    place(cast, first)
    jonas.get("/job/pladser/")
    counts = []
    for organisation in (second, third, fourth):
        with CaptureQueriesContext(connection) as seen:
            jonas.get("/job/pladser/")
        counts.append(len(seen))
        place(cast, organisation)
    assert len(set(counts)) == 1, counts


def test_jonas_registers_ends_and_takes_out_a_placement_in_the_browser(cast: Cast, browse: Browser) -> None:
    organisation = an_enterprise(cast, "Rent Ord")
    jonas = browse.log_in("jonas")
    assert "lukket, indtil" in text_of(jonas.get("/job/pladser/"))
    mette = browse.log_in("mette")
    mette.get("/job/konsekvensanalyse/")
    upload = SimpleUploadedFile("dpia.pdf", PDF)
    data = {"document": upload, "signed_on": "2026-03-01", "signer": "Lise Krag", "least_people": "5"}
    assert "Nu kan pladser registreres" in text_of(mette.follow("/job/konsekvensanalyse/", data))
    told: dict[str, object] = {
        "organisation": organisation.pk, "kind": "flex", "hours_present": "20", "first_date": "2027-02-01",
        "new_code": "on",
    }  # fmt: skip
    assert "gyldig" in text_of(jonas.post("/job/pladser/ny/", {**told, "kind": "x"}, status=200))
    shown = text_of(jonas.follow("/job/pladser/ny/", told))
    assert "Personens kode" in shown
    assert "Personens kode" not in text_of(jonas.get("/job/pladser/"))
    number = vault.read(cast.house, "test", now=NOW)[0].pk
    path = f"/job/pladser/{number}/"
    jonas.get(path)
    assert "slutter, før" in text_of(jonas.post(path, {"last_date": "2027-01-01"}, status=200))
    jonas.post(path, {"last_date": "2027-03-01"})
    jonas.post(f"{path}videre/")
    assert entry(cast, number).last_date is None
    jonas.post(f"{path}slet/")
    jonas.get(path, status=404)
    withdrawn = mette.follow("/job/konsekvensanalyse/traek/", {"reason": "Laves om"})
    assert "slettes om 30 dage" in text_of(withdrawn)


def test_another_room_links_here_with_what_it_knows(cast: Cast, browse: Browser) -> None:
    sign(cast)
    organisation, jonas = an_enterprise(cast, "Rent Ord"), browse.log_in("jonas")
    path = f"/job/pladser/ny/?virksomhed={organisation.pk}&fra=order&nr=77&hvilken=Ordre+10003"
    page = jonas.get(path).content.decode()
    assert 'value="Ordre 10003"' in page
    assert f'value="{organisation.pk}" selected' in page
    told = {
        "organisation": organisation.pk,
        "kind": "flex",
        "hours_present": "12,5",
        "first_date": "2027-02-01",
    }
    jonas.post(path, told | {"origin": "order", "origin_label": "Ordre 10003"})
    facts = vault.read(cast.house, "test", now=NOW)[0].facts
    assert (facts.origin, facts.origin_id, facts.origin_label) == ("order", 77, "Ordre 10003")
    assert (facts.hours_present, facts.hours_effective) == (12.5, 12.5)


def test_strangers_and_buyers_find_no_placements(cast: Cast, browse: Browser) -> None:
    sign(cast)
    number = place(cast, an_enterprise(cast, "Rent Ord"))
    for path in ("/job/pladser/", f"/job/pladser/{number}/", "/job/tal/", "/job/konsekvensanalyse/"):
        browse.get(path, status=302)
        browse.log_in("carla").get(path, status=404)
    browse.log_in("dan").get(f"/job/pladser/{number}/", status=404)
