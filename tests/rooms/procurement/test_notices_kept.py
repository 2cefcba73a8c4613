# SPDX-License-Identifier: MPL-2.0
"""Notices in the database: kept once, replaced with history, shared by all, written by nobody but an import."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from indgang.core.notices.reading import read_notice
from indgang.kernel.database.tenancy import set_tenant
from indgang.procurement.models import Notice, NoticeImport, NoticeVersion
from indgang.procurement.notices import keep as keeping
from indgang.procurement.notices.bring_in import bring_in
from indgang.procurement.notices.keep import Fate, keep
from indgang.procurement.notices.queries import open_calls, plans, results, with_words
from tests.cast import NOW, Cast
from tests.core.notices.samples import DATA, content
from tests.rooms.procurement.notice_files import kept, kept_bent, the

EARLY = datetime(2027, 1, 15, tzinfo=UTC)


def test_a_notice_is_kept_with_what_lists_and_filters_need(cast: Cast) -> None:
    assert kept("kantine") == [Fate.NEW]
    row = the("kantine")
    assert (row.kind, row.version, row.buyer_name) == ("call", 1, "Birkholm Kommune")
    assert (row.value_amount, row.value_currency) == (Decimal("4200000.00"), "DKK")
    assert row.places == ["DK042", "DK041"]
    assert row.groups == ["food"]
    assert row.marks == ["res-ws", "social:opp", "social:acc-all"]
    assert row.closes_at == datetime(2027, 2, 22, 11, tzinfo=UTC)
    assert row.said() == read_notice(content("kantine"))


def test_the_same_version_twice_changes_nothing(cast: Cast) -> None:
    kept("kantine")
    before = Notice.objects.values().get()
    assert kept("kantine") == [Fate.UNCHANGED]
    assert Notice.objects.values().get() == before
    assert NoticeVersion.objects.count() == 0


def test_a_newer_version_replaces_and_the_old_one_goes_to_history(cast: Cast) -> None:
    kept("kantine")
    pk = the("kantine").pk
    assert kept("kantine_version_2") == [Fate.NEWER]
    row = the("kantine")
    assert (row.pk, row.version, row.closes_at) == (pk, 2, datetime(2027, 3, 1, 11, tzinfo=UTC))
    (old,) = row.versions.all()
    assert (old.number, old.kept_at, old.said()) == (1, NOW, read_notice(content("kantine")))


def test_an_older_version_that_comes_late_only_joins_the_history(cast: Cast) -> None:
    assert kept("kantine_version_2", "kantine", "kantine", "kantine_version_2") == [
        Fate.NEW,
        Fate.OLDER,
        Fate.UNCHANGED,
        Fate.UNCHANGED,
    ]
    assert the("kantine").version == 2
    assert [old.number for old in the("kantine").versions.all()] == [1]


@pytest.mark.parametrize(
    "order", list(itertools.permutations(["kantine", "kantine_version_2", "kantine_aendring"]))
)
def test_a_change_notice_supersedes_what_it_changes_whichever_comes_first(
    cast: Cast, order: tuple[str, ...]
) -> None:
    kept(*order)
    assert the("kantine").superseded_by == the("kantine_aendring")
    assert the("kantine_aendring").superseded_by is None
    assert [row.pk for row in open_calls(EARLY)] == [the("kantine_aendring").pk]


def test_versions_in_one_batch_end_as_they_do_one_by_one(cast: Cast) -> None:
    names = ["kantine_version_2", "kantine", "kantine_version_2", "kantine_aendring", "national"]
    fates = keep([read_notice(content(name)) for name in names], now=NOW)
    assert fates == {Fate.NEW: 3, Fate.OLDER: 1, Fate.UNCHANGED: 1}
    assert the("kantine").version == 2
    assert the("kantine").superseded_by == the("kantine_aendring")
    assert the("national").superseded_by is None


def test_a_cancellation_that_names_a_publication_number_ends_the_call(cast: Cast) -> None:
    kept_bent(
        "kantine",
        (
            "</efac:Organizations>",
            "</efac:Organizations><efac:Publication><efbc:NoticePublicationID>00004711-2027</efbc:NoticePublicationID></efac:Publication>",
        ),
    )
    assert open_calls(EARLY).count() == 1
    kept("kantine_annulleret")
    assert the("kantine").superseded_by == the("kantine_annulleret")
    assert open_calls(EARLY).count() == 0


def test_two_notices_that_claim_to_change_each_other_both_stay(cast: Cast) -> None:
    first, second = "d212f666-dbbc-5e65-b2e7-3afa8fcd6c6a", "edb4e685-7bd6-59b2-898e-fe50c6b265cc"
    changes = (
        "<efac:Changes><efbc:ChangedNoticeIdentifier>{}-01</efbc:ChangedNoticeIdentifier></efac:Changes>"
    )
    kept_bent("national", ("<efac:NoticeSubType>", changes.format(first) + "<efac:NoticeSubType>"))
    kept_bent(
        "national", (second, first), ("<efac:NoticeSubType>", changes.format(second) + "<efac:NoticeSubType>")
    )
    assert Notice.objects.filter(superseded_by=None).count() == 2


def test_a_call_is_open_until_its_last_lot_closes_or_its_purchase_has_a_result(cast: Cast) -> None:
    kept("kantine")
    assert open_calls(datetime(2027, 2, 22, 10, 59, tzinfo=UTC)).count() == 1
    assert open_calls(datetime(2027, 2, 22, 11, 0, tzinfo=UTC)).count() == 0
    kept("kantine_resultat")
    assert open_calls(EARLY).count() == 0
    assert [row.pk for row in results()] == [the("kantine_resultat").pk]


def test_a_call_without_a_deadline_is_taken_for_open_for_half_a_year(cast: Cast) -> None:
    row = kept_bent(
        "national",
        ("<cbc:EndDate>2027-02-01+01:00</cbc:EndDate>", ""),
        ("<cbc:EndTime>10:00:00+01:00</cbc:EndTime>", ""),
    )
    assert row.closes_at is None
    assert row.dispatched_at is not None
    assert open_calls(row.dispatched_at + timedelta(days=179)).count() == 1
    assert open_calls(row.dispatched_at + timedelta(days=181)).count() == 0


def test_plans_are_listed_apart(cast: Cast) -> None:
    kept("forhaandsmeddelelse", "kantine")
    assert [row.pk for row in plans(EARLY)] == [the("forhaandsmeddelelse").pk]


def test_words_are_found_by_their_danish_stems_also_in_lots_and_buyer(cast: Cast) -> None:
    kept("kantine", "national", "forhaandsmeddelelse")
    everything = Notice.objects.all()
    for words, found in (
        ("kantinen", "kantine"),
        ("ompolstringer", "national"),
        ("personalekantinen", "kantine"),
        ('"daglig rengøring"', "forhaandsmeddelelse"),
    ):
        assert [row.pk for row in with_words(everything, words)] == [the(found).pk]
    assert with_words(everything, "Birkholm").count() == 3
    assert with_words(everything, "Birkholm -kantine").count() == 2


def test_unknown_codes_and_unreadable_values_do_not_stop_a_notice(cast: Cast) -> None:
    assert kept("ukendte_koder") == [Fate.NEW]
    row = the("ukendte_koder")
    assert (row.kind, row.value_amount, row.places) == ("other", None, [])
    assert "res-mars" in row.marks


def test_everyone_reads_notices_and_no_tenant_may_write_them(cast: Cast) -> None:
    kept("kantine")
    for municipality in (cast.home.pk, cast.next_door.pk):
        set_tenant(municipality)
        assert Notice.objects.count() == 1
        assert Notice.objects.update(title="kapret") == 0
        assert Notice.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.create(notice_id="x", version=1, kind="call", names=["x"], title="x", content={})


def test_keeping_gives_the_tenant_back(cast: Cast) -> None:
    kept("kantine")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('indgang.municipality', true)")
        assert cursor.fetchone() == (str(cast.home.pk),)


def test_a_folder_is_brought_in_with_counts_troubles_and_unknown_codes(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "BATCH", 3)
    for file in DATA.glob("*.xml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "broken.xml").write_text("hej")
    done: list[int] = []
    report = bring_in(tmp_path, now=NOW, progress=done.append)
    assert (report.read, report.fates[Fate.NEW], report.fates[Fate.NEWER]) == (8, 7, 1)
    assert report.troubles == [("broken.xml", "Filen er ikke gyldig XML (linje 1).")]
    assert report.unknown["social-objective", "kindness"] == 1
    assert done == list(range(1, 10))
    row = NoticeImport.objects.get()
    assert (row.source, row.new, row.newer, row.broken) == (tmp_path.name, 7, 1, 1)
    assert row.troubles == [["broken.xml", "Filen er ikke gyldig XML (linje 1)."]]
    again = bring_in(tmp_path, now=NOW)
    assert again.fates == {Fate.UNCHANGED: 8}


def test_a_notice_with_very_long_words_is_kept(cast: Cast) -> None:
    long = " ".join(f"ord{number}" for number in range(3_000))
    row = kept_bent(
        "kantine", ("Drift af kantinen på biblioteket", long), ("Kantinedrift på bibliotek", "x" * 990)
    )
    assert len(row.words) <= 20_000
    assert len(row.title) <= 1_000
