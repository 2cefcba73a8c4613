# SPDX-License-Identifier: MPL-2.0
from datetime import timedelta

from indgang.directory.models import Contact, Organisation
from indgang.directory.vocabulary import SOLE_TRADER
from indgang.kernel.actions import let_go
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.limits import Limit, count
from indgang.kernel.models import DeletionLine, Membership, RateCount, SignedLink, User
from indgang.kernel.retention import forget, rules
from tests.cast import NOW, START, Cast
from tests.factories import an_enterprise, speaker
from tests.pages import Browser, text_of


def test_the_eleventh_try_within_the_window_is_too_many(cast: Cast) -> None:
    limit = Limit("try", per="account", times=10, seconds=60)
    assert [count(limit, "a@b.dk", now=NOW) for _ in range(11)] == [True] * 10 + [False]
    assert count(limit, "c@d.dk", now=NOW)
    assert count(limit, "a@b.dk", now=NOW + timedelta(seconds=61))


def test_no_address_or_account_is_kept_in_clear(cast: Cast) -> None:
    count(Limit("try", per="account", times=10, seconds=60), "a@b.dk", now=NOW)
    assert b"a@b.dk" not in bytes(RateCount.objects.get().key)


def test_guessing_passwords_is_stopped_with_a_sentence(cast: Cast, browse: Browser) -> None:
    guess = {"login": "mette@aabjerg.example", "password": "forkert"}
    for _ in range(10):
        browse.post("/log-ind/", guess, status=200)
    assert "Vent et øjeblik" in text_of(browse.post("/log-ind/", guess, status=429))


def test_another_name_in_the_form_does_not_slip_past_an_accounts_limit(cast: Cast, browse: Browser) -> None:
    organisation = an_enterprise(cast, "Syværket")
    speaker(cast, organisation)
    set_tenant(cast.home.pk)
    cast.people["anja"] = organisation.contacts.get().user  # type: ignore[assignment]
    anja = browse.log_in("anja")
    for number in range(60):
        anja.post("/opgaver/for-virksomhed/", {"need": "", "login": f"nr{number}@example.dk"}, status=200)
    refused = anja.post("/opgaver/for-virksomhed/", {"need": "", "login": "ny@example.dk"}, status=429)
    assert "ikke sendt" in text_of(refused)


def test_a_link_is_forgotten_ninety_days_after_it_ended(cast: Cast) -> None:
    from indgang.kernel.links import create_link

    create_link(cast.house, "svar", 1, recipient="a@b.dk", now=NOW, lives=timedelta(days=1))
    assert forget(NOW + timedelta(days=90)) == 0
    assert forget(NOW + timedelta(days=92)) == 1
    assert not SignedLink.objects.exists()
    assert DeletionLine.objects.get().model == "kernel.SignedLink"


def test_forgetting_again_finds_nothing_more(cast: Cast) -> None:
    member = Membership.objects.get(user=cast.people["carla"])
    let_go(cast.be("mette"), member, last_date=START + timedelta(days=400), now=NOW)
    assert forget(NOW + timedelta(days=366)) == 2
    assert forget(NOW + timedelta(days=367)) == 0
    user = User.objects.get(pk=cast.people["carla"].pk)
    assert (user.name, user.email) == ("", f"slettet-{user.pk}@indgang.invalid")


def test_every_rule_names_fields_that_exist() -> None:
    for model, rule in rules():
        names = {field.name for field in model._meta.get_fields()}
        assert set(rule.fields) <= names, model
        model._default_manager.filter(**{f"{rule.after}__isnull": True}, **dict(rule.only))


def test_what_another_municipality_keeps_is_left_alone_and_not_logged(cast: Cast) -> None:
    organisation = an_enterprise(cast, "Syværket")
    Contact.objects.filter(organisation=organisation).update(left_at=NOW, is_main=False)
    Organisation.objects.filter(pk=organisation.pk).update(closed_at=NOW, phone="20304050")
    much_later = NOW + timedelta(days=3 * 365)
    set_tenant(cast.next_door.pk)
    forget(much_later)
    assert Contact.objects.exists()
    assert not DeletionLine.objects.filter(model__startswith="directory").exists()
    set_tenant(cast.home.pk)
    forget(much_later)
    assert not Contact.objects.exists()
    assert Organisation.objects.get().phone == ""
    assert DeletionLine.objects.filter(model__startswith="directory").count() == 2


def test_a_sole_traders_name_goes_five_years_after_closing_and_a_companys_stays(cast: Cast) -> None:
    trader, company = an_enterprise(cast, "Anders Holt"), an_enterprise(cast, "Syværket ApS")
    Organisation.objects.filter(pk=trader.pk).update(legal_form=SOLE_TRADER)
    Organisation.objects.update(closed_at=NOW)
    forget(NOW + timedelta(days=4 * 365))
    assert Organisation.objects.get(pk=trader.pk).name == "Anders Holt"
    forget(NOW + timedelta(days=6 * 365))
    trader.refresh_from_db()
    assert (trader.name, trader.sort_key) == ("", "")
    assert Organisation.objects.get(pk=company.pk).name == "Syværket ApS"
