# SPDX-License-Identifier: MPL-2.0
"""Files go when nothing points at them any more, and not before; what is sealed stays."""

from datetime import timedelta

from django.utils import timezone

from indgang.kernel import files
from indgang.kernel.access import system
from indgang.kernel.models import DeletionLine, FileContent, FilingItem, StoredFile
from indgang.kernel.orphans import orphans, sweep
from indgang.procurement.models import Bid
from tests.cast import Cast
from tests.factories import a_bid, a_competition, an_enterprise, as_staff, speaker

PDF = b"%PDF-1.4\n%%EOF\n"


def a_file(cast: Cast) -> StoredFile:
    return files.store("pris.pdf", PDF, by=system(cast.home.pk), now=timezone.now())


def test_a_file_that_nothing_points_at_goes_with_its_contents_and_leaves_a_line(cast: Cast) -> None:
    row = a_file(cast)
    assert sweep(timezone.now() + timedelta(days=1)) == 0
    number = row.pk
    assert sweep(timezone.now() + timedelta(days=3)) == 1
    assert not StoredFile.objects.exists()
    assert not FileContent.objects.exists()
    assert DeletionLine.objects.get().row_id == str(number)
    assert sweep(timezone.now() + timedelta(days=3)) == 0


def test_a_file_that_is_in_use_stays(cast: Cast) -> None:
    row = a_file(cast)
    FilingItem.objects.create(
        municipality=cast.home, document=row, case_key="sag-1", title="Sag", created_at=timezone.now()
    )
    assert sweep(timezone.now() + timedelta(days=3)) == 0
    assert StoredFile.objects.get() == row


def test_what_came_with_a_sealed_bid_stays_although_nobody_can_see_the_bid(cast: Cast) -> None:
    papir, row = an_enterprise(cast, "Papir & Pluk"), a_file(cast)
    task = a_competition(cast, papir)
    a_bid(cast, task, papir, 32_400)
    speaker(cast, papir)
    assert Bid.objects.update(file=row) == 1
    as_staff(cast)
    later = timezone.now() + timedelta(days=3)
    assert list(orphans(later)) == [row]  # the bid is hidden from the house itself
    assert sweep(later) == 0
    assert FileContent.objects.get().file == row
