# SPDX-License-Identifier: MPL-2.0
"""Two people press at once: two real threads, two real connections, a database whose transactions really end."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connections, transaction

from indgang.cases.actions.follow import write_back
from indgang.cases.actions.receive import ANSWER
from indgang.cases.models import Case, Participant
from indgang.directory import search
from indgang.kernel.database import roles
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Duty
from indgang.web import tenants
from tests.cast import Cast, assemble
from tests.factories import an_enterprise
from tests.rooms.cases.scene import ANJA, CVR, an_enquiry, ready


@pytest.fixture
def cast(
    server: object,
    worker_id: str,
    django_db_setup: None,
    django_db_blocker: object,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Cast]:
    """The cast on a database of its own, with nothing held open."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the journeys' browser keeps a loop in this thread
    name = f"test_threads_{worker_id}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        server.copy(server.template(), name)  # type: ignore[attr-defined]
        settings = connections["default"].settings_dict
        connections["default"].close()
        before, settings["NAME"] = settings["NAME"], name
        tenants.forget_hosts()
        search.forget_all()
        try:
            with transaction.atomic():
                assembled = ready(assemble())
            yield assembled
        finally:
            connections["default"].close()
            settings["NAME"] = before
            roles.drop_database(server.admin, database=name)  # type: ignore[attr-defined]


def at_once(cast: Cast, *acts: Callable[[], object]) -> list[object]:
    """Do the acts in threads that start together, each in a transaction of its own; returns what each gave or raised."""
    gate, gave = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                set_tenant(cast.home.pk)
                gate.wait(10)
                gave[number] = act()  # type: ignore[call-overload]
        except Exception as trouble:
            gave[number] = trouble  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not [one for one in gave if isinstance(one, Exception)], gave
    return gave


def test_two_people_of_one_enterprise_write_in_the_same_second_and_there_is_one_case(cast: Cast) -> None:
    with transaction.atomic():
        set_tenant(cast.home.pk)
        organisation = an_enterprise(cast, "Syværket ApS", email=ANJA, cvr=CVR)
        organisation.contacts.create(name="Bo", email="bo@syvaerket.example", speaks_for=True)
    cases = at_once(
        cast,
        lambda: an_enquiry(cast, "Vi vil sælge poser."),
        lambda: an_enquiry(cast, "Vi mangler to mand.", email="bo@syvaerket.example", name="Bo"),
    )
    with transaction.atomic():
        set_tenant(cast.home.pk)
        case = Case.objects.get()
        assert cases == [case, case]
        assert case.entries.filter(kind="enquiry").count() == 2
        assert Duty.objects.filter(kind=ANSWER, path=case.path, done_at=None).count() == 1
        assert {person.name for person in case.participants.all()} == {"Anja Friis", "Bo"}


def test_a_form_that_is_sent_twice_lands_in_one_thread(cast: Cast) -> None:
    at_once(cast, lambda: an_enquiry(cast), lambda: an_enquiry(cast))
    with transaction.atomic():
        set_tenant(cast.home.pk)
        assert Case.objects.get().entries.filter(kind="enquiry").count() == 2
        assert Participant.objects.get().email == ANJA
        assert Duty.objects.filter(kind=ANSWER, done_at=None).count() == 1


def test_two_messages_at_once_are_one_promise_to_answer(cast: Cast) -> None:
    with transaction.atomic():
        set_tenant(cast.home.pk)
        case = an_enquiry(cast)
        Duty.objects.filter(path=case.path).update(done_at=case.created_at, outcome="done")
    at_once(
        cast,
        *(
            lambda word=word: write_back(cast.house, case, "Anja", word, now=case.created_at)  # type: ignore[misc]
            for word in ("Første", "Anden")
        ),
    )
    with transaction.atomic():
        set_tenant(cast.home.pk)
        assert Duty.objects.filter(kind=ANSWER, path=case.path, done_at=None).count() == 1
        assert case.entries.filter(kind="message_in").count() == 2
