# SPDX-License-Identifier: MPL-2.0
"""A company asks the municipality to find somebody; the two then agree themselves."""

import pytest

from indgang.core.text import Refused
from indgang.kernel.models import Duty, OutgoingMail
from indgang.procurement.actions import answer as answering
from indgang.procurement.actions import company, describe, send
from indgang.procurement.models import Order, TaskNotice
from tests.cast import NOW, Cast
from tests.factories import an_enterprise, as_staff, invitation_of, speaker
from tests.pages import Browser, text_of

NEED = "Pakning af reservedele i små poser, cirka ti timer om ugen."


def a_company_task(cast: Cast) -> TaskNotice:
    plast = an_enterprise(cast, "Nordvang Plast", "Plastemner")
    task = company.ask_for_company(speaker(cast, plast), plast, NEED, now=NOW)
    as_staff(cast)
    return TaskNotice.objects.get(pk=task.pk)


def test_the_task_lands_with_the_coordinator(cast: Cast) -> None:
    task = a_company_task(cast)
    assert task.buyer == cast.people["mette"]
    assert Duty.objects.get(kind="procurement.company").owner == cast.people["mette"]


def test_the_coordinator_asks_and_puts_the_two_in_touch(cast: Cast) -> None:
    task, papir = a_company_task(cast), an_enterprise(cast, "Papir & Pluk")
    describe.pick(cast.be("mette"), task, papir, now=NOW)
    send.ask_small(cast.be("mette"), task, now=NOW)
    invitation = invitation_of(task, papir)
    with pytest.raises(Refused, match="sagt ja"):
        company.put_in_touch(cast.be("mette"), invitation, now=NOW)
    answering.answer(cast.be("mette"), invitation, "yes", now=NOW)
    company.put_in_touch(cast.be("mette"), invitation, now=NOW)
    told = OutgoingMail.objects.filter(subject__startswith="Tal med")
    assert set(told.values_list("recipient", flat=True)) == {"papir@example.dk", "nordvang@example.dk"}
    assert not Order.objects.exists()
    with pytest.raises(Refused, match="allerede sket"):
        company.put_in_touch(cast.be("mette"), invitation, now=NOW)


def test_nobody_asks_in_another_companys_name(cast: Cast) -> None:
    plast, papir = an_enterprise(cast, "Nordvang Plast"), an_enterprise(cast, "Papir & Pluk")
    with pytest.raises(Refused, match="Log ind"):
        company.ask_for_company(speaker(cast, papir), plast, NEED, now=NOW)


def test_the_public_sees_such_tasks_only_when_the_municipality_says_so(cast: Cast, browse: Browser) -> None:
    task, papir = a_company_task(cast), an_enterprise(cast, "Papir & Pluk")
    describe.pick(cast.be("mette"), task, papir, now=NOW)
    send.ask_small(cast.be("mette"), task, now=NOW)
    assert task.title not in text_of(browse.get("/opgaver/"))
    cast.home.publishes_company_tasks = True
    cast.home.save()
    assert task.title in text_of(browse.get("/opgaver/"))


def test_a_company_writes_its_need_on_a_page(cast: Cast, browse: Browser) -> None:
    plast = an_enterprise(cast, "Nordvang Plast", "Plastemner")
    speaker(cast, plast)
    as_staff(cast)
    cast.people["poul"] = plast.contacts.get().user  # type: ignore[assignment]
    page = browse.log_in("poul").follow("/opgaver/for-virksomhed/", {"need": NEED})
    assert "Koordinatoren spørger dem" in text_of(page)
    assert TaskNotice.objects.get().company == plast
