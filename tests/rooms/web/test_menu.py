# SPDX-License-Identifier: MPL-2.0
"""The menu: everyone is shown their own doors, and where they stand."""

from indgang.kernel.access import anonymous
from indgang.web.menu import DOORS, menu_for
from tests.cast import Cast


def labels(cast: Cast, name: str, path: str) -> list[str]:
    return [str(entry.label) for entry in menu_for(cast.be(name), path)]


def test_the_first_line_stays_short_for_everyone(cast: Cast) -> None:
    for name in ("mette", "carla", "søren", "jonas"):
        assert len(labels(cast, name, "/")) <= 8


def test_a_stranger_is_shown_public_doors_only(cast: Cast) -> None:
    shown = {str(entry.label) for entry in menu_for(anonymous(cast.home.pk), "/")}
    assert {"Opgaver", "Virksomheder"} <= shown
    assert not shown & {"Mit skrivebord", "Kommunen"}


def test_standing_behind_an_inner_door_marks_the_outer_one_too(cast: Cast) -> None:
    tasks = next(e for e in menu_for(cast.be("carla"), "/opgaver/udbud/12/") if e.label == "Opgaver")
    assert (tasks.inside, tasks.current) == (True, False)
    assert [str(inner.label) for inner in tasks.inner if inner.current] == ["Offentlige udbud"]


def test_every_inner_door_names_an_outer_one() -> None:
    views = {door.view for door in DOORS if not door.under}
    assert {door.under for door in DOORS if door.under} <= views


def test_a_page_about_one_idea_or_one_task_lies_behind_its_lists_door(cast: Cast) -> None:
    for path, label in (
        ("/raadgivning/7/", "Idéer"),
        ("/opsoegende/opgave/7/", "Besøg"),
        ("/raadgivning/mentorer/3/", "Mentorer"),
    ):
        inner = [entry for door in menu_for(cast.be("mette"), path) for entry in door.inner]
        assert [str(entry.label) for entry in inner if entry.current] == [label]
