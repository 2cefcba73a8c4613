# SPDX-License-Identifier: MPL-2.0
"""Keys for the municipality's other systems: they fetch their own files, see what their owner sees, and can be closed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from indgang.core.text import Refused
from indgang.kernel import actions
from indgang.kernel.access import Kind
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import AccessToken, AuditLine, Membership
from indgang.kernel.tokens import create_token, revoke_token
from indgang.web.principal import principal_of_token
from tests.cast import Cast
from tests.pages import Browser, text_of

ORDERS, VISITS = "/opgaver/ordrer/csv/", "/opsoegende/besoeg/csv/"


def a_key(cast: Cast, who: str = "mette", reads: tuple[str, ...] = ("orders",)) -> tuple[AccessToken, str]:
    now = timezone.now()
    last = timezone.localdate() + timedelta(days=30)
    return create_token(cast.be(who), "økonomisystemet", list(reads), last_date=last, now=now)


def fetch(
    cast: Cast, path: str, secret: str, *, host: str = "aabjerg.localhost", post: bool = False
) -> tuple[int, str]:
    client = Client(headers={"host": host, "authorization": f"Bearer {secret}"})
    answer = client.post(path) if post else client.get(path)
    set_tenant(cast.home.pk)
    return answer.status_code, answer.content.decode("utf-8-sig")


def test_a_key_fetches_the_file_it_was_made_for(cast: Cast) -> None:
    _, secret = a_key(cast)
    status, text = fetch(cast, ORDERS, secret)
    assert status == 200
    assert text.startswith("ordrenummer;bestilt;enhed;ean;")
    assert AccessToken.objects.get().last_used_date == timezone.localdate()


@pytest.mark.parametrize(
    "path", [VISITS, "/skrivebord/", "/opgaver/", "/kommunen/noegler/", "/virksomheder/"]
)
def test_a_key_opens_nothing_else(cast: Cast, path: str) -> None:
    _, secret = a_key(cast)
    assert fetch(cast, path, secret) == (403, "Nøglen henter kun de filer, den er lavet til.")


def test_a_key_changes_nothing(cast: Cast) -> None:
    _, secret = a_key(cast)
    assert fetch(cast, ORDERS, secret, post=True)[0] == 403


def test_a_key_that_is_wrong_closed_expired_or_a_neighbours_is_turned_away_with_a_sentence(
    cast: Cast,
) -> None:
    token, secret = a_key(cast)
    assert fetch(cast, ORDERS, secret + "x")[0] == 401
    assert fetch(cast, ORDERS, secret, host="norrelund.localhost")[0] == 401
    AccessToken.objects.update(created_at=timezone.now() - timedelta(days=9), expires_at=timezone.now())
    status, text = fetch(cast, ORDERS, secret)
    assert (status, text.partition(".")[0]) == (401, "Nøglen virker ikke")
    AccessToken.objects.update(expires_at=timezone.now() + timedelta(days=9))
    assert fetch(cast, ORDERS, secret)[0] == 200
    revoke_token(cast.be("mette"), token, now=timezone.now())
    assert fetch(cast, ORDERS, secret)[0] == 401


def test_a_key_sees_what_its_owner_sees_and_dies_when_the_owner_leaves(cast: Cast) -> None:
    token, secret = a_key(cast)
    principal = principal_of_token(token)
    assert (principal.kind, principal.posts) == (Kind.TOKEN, cast.be("mette").posts)
    assert str(principal) == f"token:{token.pk}"
    for membership in Membership.objects.filter(user=cast.people["mette"], last_date=None):
        actions.let_go(
            cast.be("mette"),
            membership,
            last_date=timezone.localdate() - timedelta(days=1),
            now=timezone.now(),
        )
    assert fetch(cast, ORDERS, secret)[0] in (401, 404)


def test_only_the_hash_of_a_key_is_kept(cast: Cast) -> None:
    token, secret = a_key(cast)
    assert secret not in repr(AccessToken.objects.values().get())
    assert len(secret) >= 43
    assert secret not in repr(list(AuditLine.objects.filter(subject=f"token:{token.pk}").values()))


@pytest.mark.parametrize(
    ("days", "reads"), [(-1, ["orders"]), (400, ["orders"]), (30, []), (30, ["orders", "alt"])]
)
def test_a_key_that_never_ends_or_reads_nothing_is_refused(cast: Cast, days: int, reads: list[str]) -> None:
    last = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused):
        create_token(cast.be("mette"), "x", reads, last_date=last, now=timezone.now())


def test_the_coordinator_makes_a_key_sees_it_once_and_closes_it(cast: Cast, browse: Browser) -> None:
    mette = browse.log_in("mette")
    last = (timezone.localdate() + timedelta(days=90)).strftime("%d.%m.%Y")
    said = {"name": "Økonomi, hver nat", "reads": ["orders", "visits"], "last_date": last}
    page = mette.post("/kommunen/noegler/", said, status=200)
    secret = re.search(r'class="secret">([^<]+)<', page.content.decode())
    assert secret is not None
    assert page.headers["Cache-Control"] == "no-store"
    assert fetch(cast, ORDERS, secret[1])[0] == 200
    assert fetch(cast, VISITS, secret[1])[0] == 200
    again = mette.get("/kommunen/noegler/")
    assert secret[1] not in again.content.decode()
    assert "Økonomi, hver nat" in text_of(again)
    mette.post(f"/kommunen/noegler/{AccessToken.objects.get().pk}/luk/")
    assert fetch(cast, ORDERS, secret[1])[0] == 401
    assert [line.act for line in AuditLine.objects.filter(subject__startswith="token:").order_by("number")] == [
        "token.create", "token.revoke",
    ]  # fmt: skip


def test_a_form_with_nothing_chosen_says_so_and_keeps_the_rest(cast: Cast, browse: Browser) -> None:
    page = browse.log_in("mette").post("/kommunen/noegler/", {"name": "Økonomi", "last_date": ""}, status=200)
    assert 'value="Økonomi"' in page.content.decode()
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("who", ["carla", "dan"])
def test_others_neither_see_nor_close_keys(cast: Cast, browse: Browser, who: str) -> None:
    token, _ = a_key(cast)
    browse.log_in(who).get("/kommunen/noegler/", status=404 if who == "carla" else 200)
    browse.log_in(who).post(f"/kommunen/noegler/{token.pk}/luk/", status=404)
    assert AccessToken.objects.get().revoked_at is None


def test_every_file_that_a_key_can_fetch_has_an_address_on_the_page(cast: Cast, browse: Browser) -> None:
    page = text_of(browse.log_in("mette").get("/kommunen/noegler/"))
    for label, path in (("Ordrer", ORDERS), ("Besøg hos virksomheder", VISITS)):
        assert f"{label} http://aabjerg.localhost{path}" in page
