# SPDX-License-Identifier: MPL-2.0
import pytest

from indgang.core.cpr import holds_cpr
from indgang.core.matching.classification import read_labels
from indgang.core.outreach.library import industries, industry, typical
from indgang.core.text import Refused

TASKS = [task for one in industries() for task in one.tasks]


def test_there_are_fifteen_industries_or_more_with_six_to_twelve_tasks_each() -> None:
    assert len(industries()) >= 15
    assert {one.key: len(one.tasks) for one in industries() if not 6 <= len(one.tasks) <= 12} == {}


def test_every_task_says_what_it_takes() -> None:
    assert [task.title for task in TASKS if not (task.skills and task.considerations)] == []
    assert [task.title for task in TASKS if not 1 <= task.hours <= 20] == []


def test_every_suggested_code_is_a_service_of_the_procurement_vocabulary() -> None:
    labels = read_labels()
    assert [(task.title, task.cpv_code) for task in TASKS if task.cpv_code not in labels] == []
    assert [(task.title, task.cpv_code) for task in TASKS if task.cpv_code < "45"] == []


def test_keys_and_titles_stand_once_in_their_industry() -> None:
    assert len({task.key for task in TASKS}) == len(TASKS)
    for one in industries():
        assert len({task.title for task in one.tasks}) == len(one.tasks)


def test_the_library_speaks_of_tasks_and_never_of_anybodys_health() -> None:
    texts = [f"{task.title}. {task.skills}. {task.considerations}." for task in TASKS]
    assert [text for text in texts if holds_cpr(text)] == []


def test_a_task_is_found_by_its_key_and_an_unknown_one_is_nobody() -> None:
    first = industry("bageri").tasks[0]
    assert typical(first.key) == first
    assert typical("bageri-99") is None


def test_an_unknown_industry_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="Vælg den, der ligner mest"):
        industry("rumfart")
