# SPDX-License-Identifier: MPL-2.0
"""Six digits by mail, once, for a quarter of an hour."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from indgang.core.text import Refused
from indgang.kernel import mail
from indgang.kernel.codes import create_code, digits, use_code
from indgang.kernel.models import OneTimeCode, OutgoingMail
from tests.cast import NOW, Cast


def a_code(cast: Cast) -> OneTimeCode:
    return create_code(cast.house, "proeve", 7, recipient="a@b.example", now=NOW)


def wrong(code: OneTimeCode) -> str:
    return "000000" if digits(code) != "000000" else "000001"


def test_a_code_works_once(cast: Cast) -> None:
    code = a_code(cast)
    assert use_code("proeve", 7, f" {digits(code)[:3]} {digits(code)[3:]} ", now=NOW) == code
    with pytest.raises(Refused, match="Få en ny kode"):
        use_code("proeve", 7, digits(code), now=NOW)


def test_five_wrong_tries_end_it(cast: Cast) -> None:
    code = a_code(cast)
    assert [use_code("proeve", 7, wrong(code), now=NOW) for _ in range(5)] == [None] * 5
    with pytest.raises(Refused, match="Få en ny kode"):
        use_code("proeve", 7, digits(code), now=NOW)


def test_it_ends_after_a_quarter_of_an_hour_and_when_a_newer_one_is_sent(cast: Cast) -> None:
    old, new = a_code(cast), a_code(cast)
    assert use_code("proeve", 7, digits(old), now=NOW) is None or digits(old) == digits(new)
    with pytest.raises(Refused):
        use_code("proeve", 7, digits(new), now=NOW + timedelta(minutes=15))


def test_a_code_for_one_thing_opens_no_other(cast: Cast) -> None:
    code = a_code(cast)
    with pytest.raises(Refused):
        use_code("proeve", 8, digits(code), now=NOW)


def test_the_digits_stand_in_the_mail_that_is_sent_and_nowhere_else(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    code = a_code(cast)
    written = mail.write(cast.house, "a@b.example", "Kode", "Din kode: {code}", now=NOW, code=code)
    mail.send(written.pk, cast.home.pk, now=NOW)
    assert [sent.body for sent in mailoutbox] == [f"Din kode: {digits(code)}"]
    assert digits(code) not in OutgoingMail.objects.get(pk=written.pk).body
