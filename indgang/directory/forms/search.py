# SPDX-License-Identifier: MPL-2.0
"""What somebody looks for, read from the address."""

from django.http import QueryDict

from indgang.directory.categories import find_category
from indgang.directory.search import Question
from indgang.directory.search.browse import LONGEST_QUESTION
from indgang.directory.vocabulary import JobType, TargetGroup


def question_of(given: QueryDict) -> Question:
    """A question from a query string; what makes no sense is left out rather than refused."""
    place = given.get("sted", "")
    group, job, category = given.get("gruppe", ""), given.get("job", ""), given.get("slags", "")
    return Question(
        text=given.get("q", "").replace("\0", "").strip()[:LONGEST_QUESTION],
        place=int(place) if place.isdecimal() and len(place) <= 3 else None,
        category=category if find_category(category) else "",
        target_group=group if group in TargetGroup.values else "",
        job_type=job if job in JobType.values else "",
        has_open_places=given.get("ledige") == "ja",
    )


def address_of(question: Question, **changes: object) -> str:
    """The query string of a question with some of it changed; '' for the empty question."""
    told = {
        "q": question.text,
        "sted": question.place,
        "slags": question.category,
        "gruppe": question.target_group,
        "job": question.job_type,
        "ledige": "ja" if question.has_open_places else "",
    } | changes
    query = QueryDict(mutable=True)
    for name, value in told.items():
        if value not in (None, ""):
            query[name] = str(value)
    return query.urlencode()
