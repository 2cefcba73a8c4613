# SPDX-License-Identifier: MPL-2.0
from datetime import timedelta

from django.utils import timezone

from indgang.kernel.heartbeat import Downtime, beat
from indgang.kernel.models import OutgoingMail
from indgang.procurement.actions.downtime import give_time_back
from indgang.procurement.models import Competition
from tests.cast import NOW, Cast
from tests.factories import a_competition, an_enterprise


def test_a_gap_in_the_beats_is_downtime(cast: Cast) -> None:
    assert beat(NOW) is None
    assert beat(NOW + timedelta(minutes=4)) is None
    assert beat(NOW + timedelta(minutes=50)) == Downtime(
        NOW + timedelta(minutes=4), NOW + timedelta(minutes=50)
    )


def test_a_deadline_in_the_downtime_is_moved_for_all_and_all_are_told(cast: Cast) -> None:
    task = a_competition(
        cast, an_enterprise(cast, "Papir & Pluk"), an_enterprise(cast, "Syværket"), seconds=60
    )
    now = timezone.now()
    downtime = Downtime(now - timedelta(hours=3), now)
    before = task.competition.bids_until
    assert give_time_back(cast.house, downtime, now=now) == 1
    competition = Competition.objects.get(task=task)
    assert competition.bids_until == before + timedelta(hours=3)
    assert competition.extended_because == "Indgang var nede op til fristen"
    assert OutgoingMail.objects.filter(subject="Fristen er flyttet").count() == 2


def test_a_deadline_far_away_stays_where_it_is(cast: Cast) -> None:
    a_competition(cast, an_enterprise(cast, "Papir & Pluk"), seconds=30 * 3600)
    now = timezone.now()
    assert give_time_back(cast.house, Downtime(now - timedelta(hours=3), now), now=now) == 0
