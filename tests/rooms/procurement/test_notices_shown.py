# SPDX-License-Identifier: MPL-2.0
"""Pages of published notices, for everyone and for staff; and pointing one out to an enterprise."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indgang.core.text import Reason, Refused
from indgang.directory.models import Organisation
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import AuditLine, OutgoingMail
from indgang.procurement.models import Notice, NoticeForward
from indgang.procurement.notices.actions import forward
from indgang.procurement.notices.keep import record_import, shared_register
from indgang.procurement.notices.matching import match_open_calls
from tests.cast import NOW, Cast
from tests.factories import an_enterprise, as_staff, speaker
from tests.pages import Browser, text_of
from tests.rooms.procurement.notice_files import Answer, FoundOne, finds, kept, kept_bent, the

FUTURE = datetime(2999, 1, 1, 12, tzinfo=UTC)
EARLY = datetime(2027, 1, 15, tzinfo=UTC)
QUERIES_OF_THE_LIST = 7 + 3
"""Limit, tenant, count, page, matches, our own among them, last import; and what a test adds: a savepoint, a tenant."""


def open_now(*names: str) -> None:
    """Keep samples and let their deadlines lie in the future, whatever today is."""
    kept(*names)
    with shared_register():
        Notice.objects.update(closes_at=FUTURE)


def matched(*organisations: Organisation) -> None:
    match_open_calls(
        finds(("", Answer(tuple(FoundOne(one.pk) for one in organisations)))), now=timezone.now()
    )


def test_the_empty_list_says_where_notices_come_from(browse: Browser) -> None:
    assert "hentet ind fra udbud.dk" in text_of(browse.get("/opgaver/udbud/"))


def test_anyone_sees_open_calls_with_buyer_deadline_value_and_reserved_lots(browse: Browser) -> None:
    open_now("kantine")
    text = text_of(browse.get("/opgaver/udbud/"))
    assert "1 udbud" in text
    for words in (
        "Kantinedrift på bibliotek og rådhus",
        "Birkholm Kommune · Østjylland, Vestjylland · Mad, kantine og catering",
        "Udbuddet omfatter drift af to kantiner, ca. 140 kuverter om dagen.",
        "Kantine på biblioteket 1,8 mio. kr. Forbeholdt værksteder",
        "Job til ledige, udsatte og mennesker med handicap",
        "4,2 mio. kr.",
    ):
        assert words in text


def test_the_list_says_when_notices_were_last_brought_in(browse: Browser) -> None:
    open_now("kantine")
    record_import("zip", Counter(), [], now=timezone.now())
    assert "hentet i dag kl." in text_of(browse.get("/opgaver/udbud/"))


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {"kantine", "national"}),
        ("q=ompolstring", {"national"}),
        ("q=kantinen", {"kantine"}),
        ("sted=DK041", {"kantine"}),
        ("sted=DK04", {"kantine", "national"}),
        ("sted=DK01", set()),
        ("slags=food", {"kantine"}),
        ("slags=repair", {"national"}),
        ("forbeholdt=alle", {"kantine"}),
        ("forbeholdt=res-pub-ser", set()),
        ("maal=opp", {"kantine"}),
        ("maal=alle", {"kantine"}),
        ("maal=gen-eq", set()),
        ("frist=14", set()),
        ("frist=senere", {"kantine", "national"}),
        ("sted=hvorsomhelst", {"kantine", "national"}),
        ("q=ompolstring&slags=food", set()),
    ],
)
def test_the_filter_narrows_the_list(browse: Browser, query: str, seen: set[str]) -> None:
    open_now("kantine", "national")
    text = text_of(browse.get(f"/opgaver/udbud/?{query}"))
    titles = {"kantine": "Kantinedrift på bibliotek", "national": "Ompolstring af stole Birkholm"}
    assert {name for name, title in titles.items() if title in text} == seen
    if not seen:
        assert "Ingen udbud passer" in text


def test_a_call_that_says_nothing_of_its_place_is_shown_wherever_one_looks(browse: Browser) -> None:
    kept_bent("national", ("DK042", "DK"))
    with shared_register():
        Notice.objects.update(closes_at=FUTURE)
    assert "Ompolstring" in text_of(browse.get("/opgaver/udbud/?sted=DK014"))


def test_staff_may_ask_for_what_our_own_enterprises_can_do(browse: Browser, cast: Cast) -> None:
    open_now("kantine", "national")
    match_open_calls(
        finds(("Ompolstring", Answer((FoundOne(an_enterprise(cast, "Systuen").pk),)))), now=timezone.now()
    )
    text = text_of(browse.log_in("mette").get("/opgaver/udbud/?vores=on"))
    assert "Kan måske byde: Systuen" in text
    assert "Kantinedrift" not in text


def test_plans_and_results_have_tabs_of_their_own(browse: Browser) -> None:
    open_now("kantine", "forhaandsmeddelelse", "kantine_resultat")
    assert "Kantinedrift" not in text_of(browse.get("/opgaver/udbud/"))
    assert "Rengøring og vinduespudsning fra 2028" in text_of(browse.get("/opgaver/udbud/?vis=planlagte"))
    text = text_of(browse.get("/opgaver/udbud/?vis=afgjorte"))
    assert "Vundet af Køkkenværkstedet ApS + Fonden Frokosthuset" in text


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    browse: Browser, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("national")
    matched(enterprise)
    browse.get("/opgaver/udbud/")  # the host name is looked up once in each process
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        browse.get("/opgaver/udbud/")
    open_now("kantine", "kantine_annulleret", "forhaandsmeddelelse")
    kept_bent("national", ("edb4e685", "edb4e686"), ("2027-02-01+01:00", "2999-02-01+01:00"))
    matched(enterprise)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        assert "3 udbud" in text_of(browse.get("/opgaver/udbud/"))


def test_the_page_of_a_notice_shows_lots_law_and_the_official_address(browse: Browser) -> None:
    open_now("kantine")
    response = browse.get(f"/opgaver/udbud/{the('kantine').pk}/")
    text = text_of(response)
    for words in (
        "2 delaftaler",
        "Kun beskyttede værksteder og integrationsvirksomheder kan byde Gælder delaftale 1",
        "udbudslovens § 54",
        "I kan gå sammen eller være underleverandør",
        "Leverandøren ansætter mindst to personer",
        "24 måneder",
        "1. maj 2027 til 30. april 2029",
        "Drift af kantiner",
        "CVR 11111111",
        "Læs den på udbud.dk",
    ):
        assert words in text, words
    address = (
        "https://udbud.dk/detaljevisning?noticeId=95bb6fad-29f8-5a07-af69-61a8cae8c90a&amp;noticeVersion=01"
    )
    assert address in response.content.decode()
    assert "indkoeb@" not in response.content.decode()


def test_the_page_tells_what_changed_and_leads_on_to_what_holds_now(browse: Browser) -> None:
    kept("kantine", "kantine_version_2", "kantine_aendring", "kantine_resultat")
    text = text_of(browse.get(f"/opgaver/udbud/{the('kantine').pk}/"))
    assert "Bekendtgørelsen er ændret Se den, der gælder nu" in text
    assert "Fristen er udskudt version 2" in text
    assert "Ændret bekendtgørelse Fristen er flyttet, fordi der er kommet mange spørgsmål." in text
    assert "Afgjort" in text


def test_a_cancelled_call_says_so_and_why(browse: Browser) -> None:
    kept("kantine_annulleret")
    text = text_of(browse.get(f"/opgaver/udbud/{the('kantine_annulleret').pk}/"))
    assert "Udbuddet er annulleret Kommunen driver selv kantinerne videre." in text


def test_a_result_names_winners_amounts_and_subcontractors(browse: Browser) -> None:
    kept("kantine_resultat")
    text = text_of(browse.get(f"/opgaver/udbud/{the('kantine_resultat').pk}/"))
    assert "Vundet af Køkkenværkstedet ApS + Fonden Frokosthuset · 1,8 mio. kr." in text
    assert "Underleverandører: Brød & Bud v/ Kim Sand" in text
    assert "3 tilbud kom ind" in text
    assert "Sluttet uden vinder: alle tilbud blev afvist." in text


def test_a_notice_full_of_unknown_codes_is_a_well_formed_page(browse: Browser) -> None:
    kept("ukendte_koder", "forhaandsmeddelelse", "national")
    for name in ("ukendte_koder", "forhaandsmeddelelse", "national"):
        browse.get(f"/opgaver/udbud/{the(name).pk}/")
        browse.log_in("mette").get(f"/opgaver/udbud/{the(name).pk}/")


def test_words_and_addresses_of_a_stranger_do_no_harm(browse: Browser) -> None:
    row = kept_bent(
        "national",
        ("Ompolstring af stole", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("https://udbud.example/materiale", "javascript:alert(1)"),
        ("https://udbud.example/byd", "data:text/html,x"),
    )
    with shared_register():
        Notice.objects.update(closes_at=FUTURE)
    for path in ("/opgaver/udbud/", f"/opgaver/udbud/{row.pk}/"):
        html = browse.get(path).content.decode()
        assert "<script>alert" not in html
        assert "javascript:alert" not in html
        assert "data:text" not in html


def test_the_public_sees_who_could_bid_in_alphabetical_order_without_reasons(
    browse: Browser, cast: Cast
) -> None:
    open_now("kantine")
    matched(an_enterprise(cast, "Østkøkkenet"), an_enterprise(cast, "Arken"))
    path = f"/opgaver/udbud/{the('kantine').pk}/"
    text = text_of(browse.get(path))
    assert text.index("Arken") < text.index("Østkøkkenet")
    assert "Sælger kantinedrift" not in text
    assert "Send videre" not in text
    assert "Sælger kantinedrift" in text_of(browse.log_in("mette").get(path))


def test_the_publics_list_counts_those_who_could_and_ranks_nobody(browse: Browser, cast: Cast) -> None:
    open_now("kantine")
    matched(an_enterprise(cast, "Østkøkkenet"), an_enterprise(cast, "Arken"))
    text = text_of(browse.get("/opgaver/udbud/"))
    assert "2 virksomheder i kataloget kan måske løse den" in text
    assert "Østkøkkenet" not in text
    assert "Kan måske byde: Østkøkkenet , Arken" in text_of(browse.log_in("mette").get("/opgaver/udbud/"))


def test_an_ordinary_company_found_for_a_reserved_lot_is_marked_for_a_check(
    browse: Browser, cast: Cast
) -> None:
    ordinary = an_enterprise(cast, "Almindelig A/S")
    ordinary.kind = Organisation.Kind.ORDINARY
    ordinary.save()
    open_now("kantine", "national")
    matched(ordinary)
    mette = browse.log_in("mette")
    assert "tjek, at virksomheden må byde" in text_of(mette.get(f"/opgaver/udbud/{the('kantine').pk}/"))
    assert "tjek, at virksomheden må byde" not in text_of(mette.get(f"/opgaver/udbud/{the('national').pk}/"))


def test_one_click_sends_a_mail_without_title_or_price_and_a_link(browse: Browser, cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("kantine")
    matched(enterprise)
    row = the("kantine")
    mette = browse.log_in("mette")
    page = mette.follow(f"/opgaver/udbud/{row.pk}/vis/{enterprise.pk}/", {"lot": "LOT-0001"})
    assert "Kantinen får en mail med et link hertil." in text_of(page)
    assert "Sendt" in text_of(page)
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "kantinen@example.dk"
    assert f"http://aabjerg.localhost/opgaver/udbud/{row.pk}/" in mail.body
    assert "Mette Lind fra Åbjerg Kommune" in mail.body
    for secret in ("Kantinedrift", "1800000", "1,8", "1.800", "biblioteket"):
        assert secret not in mail.subject + mail.body
    assert (mail.reply_owner, mail.reply_path) == (cast.people["mette"], f"/opgaver/udbud/{row.pk}/")
    sent = NoticeForward.objects.get()
    assert (sent.by, sent.lot, sent.municipality) == (cast.people["mette"], "LOT-0001", cast.home)
    line = AuditLine.objects.order_by("-number").first()
    assert line is not None
    assert (line.act, line.facts["organisation"]) == ("notice.forward", enterprise.pk)


def test_a_second_click_sends_nothing_and_says_when_it_was_sent(browse: Browser, cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("kantine")
    matched(enterprise)
    mette = browse.log_in("mette")
    path = f"/opgaver/udbud/{the('kantine').pk}/vis/{enterprise.pk}/"
    mette.follow(path)
    assert "Virksomheden fik det sendt" in text_of(mette.follow(path))
    assert OutgoingMail.objects.count() == 1


def test_a_notice_may_be_shown_to_somebody_the_list_did_not_name_with_a_word_along(
    browse: Browser, cast: Cast
) -> None:
    enterprise = an_enterprise(cast, "Udenfor Listen")
    open_now("kantine")
    row = the("kantine")
    mette = browse.log_in("mette")
    mette.get(f"/opgaver/udbud/{row.pk}/vis/?til={enterprise.pk}")
    page = mette.post(
        f"/opgaver/udbud/{row.pk}/vis/",
        {"organisation": enterprise.pk, "note": "Ring 010190-1234"},
        status=200,
    )
    assert "CPR" in text_of(page)
    page = mette.follow(
        f"/opgaver/udbud/{row.pk}/vis/",
        {"organisation": enterprise.pk, "note": "Den første del er noget for jer"},
    )
    assert "Sendt til Udenfor Listen" in text_of(page)
    assert "Den første del" not in OutgoingMail.objects.get().body


def test_the_enterprise_reads_who_showed_it_and_the_word_along(browse: Browser, cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    kept("kantine")
    forward(cast.be("mette"), the("kantine"), enterprise, note="Noget for jer?", now=EARLY)
    by = speaker(cast, enterprise)
    browse.client.force_login(enterprise.contacts.get().user, backend="indgang.web.principal.Accounts")
    as_staff(cast)
    text = text_of(browse.get(f"/opgaver/udbud/{the('kantine').pk}/"))
    assert by.organisations
    assert "Mette Lind fra Åbjerg Kommune har sendt jer udbuddet" in text
    assert "Noget for jer?" in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"paused_until": (NOW + timedelta(days=3)).date()}, "på pause"),
        ({"invitations_a_month": 0}, "henvendelser"),
        ({"published_at": None}, "sagt ja"),
        ({"closed_at": NOW}, "sagt ja"),
    ],
)
def test_an_enterprise_that_should_not_be_written_to_is_not(
    cast: Cast, change: dict[str, object], sentence: str
) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("kantine")
    for name, value in change.items():
        holder = enterprise if hasattr(enterprise, name) else enterprise.availability
        setattr(holder, name, value)
        holder.save()
    with pytest.raises(Refused, match=sentence):
        forward(cast.be("mette"), the("kantine"), enterprise, now=NOW)


def test_an_enterprise_without_an_address_is_rung_instead(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    enterprise.contacts.update(email="")
    open_now("kantine")
    with pytest.raises(Refused, match="Ring i stedet"):
        forward(cast.be("mette"), the("kantine"), enterprise, now=NOW)


def test_a_closed_or_changed_call_is_not_shown_to_anybody(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    kept("kantine")
    with pytest.raises(Refused, match="lukket"):
        forward(cast.be("mette"), the("kantine"), enterprise, now=NOW)


def test_strangers_and_enterprises_cannot_forward(browse: Browser, cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("kantine")
    row = the("kantine")
    path = f"/opgaver/udbud/{row.pk}/vis/{enterprise.pk}/"
    assert browse.post(path, status=302).headers["Location"].startswith("/log-ind/")
    browse.log_in("mette").get(path, status=405)
    with pytest.raises(Refused, match="egne folk"):
        forward(speaker(cast, enterprise), row, enterprise, now=EARLY)
    assert NoticeForward.objects.count() == 0


def test_what_one_municipality_has_shown_the_next_one_does_not_see(browse: Browser, cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("kantine")
    matched(enterprise)
    forward(cast.be("mette"), the("kantine"), enterprise, note="Hemmeligt råd", now=EARLY)
    text = text_of(browse.log_in("dan").get(f"/opgaver/udbud/{the('kantine').pk}/"))
    assert "Kantinen" in text
    assert "Mette" not in text
    assert "Hemmeligt" not in text
    set_tenant(cast.next_door.pk)
    assert NoticeForward.objects.count() == 0


def test_a_page_that_is_not_there_is_not_there(browse: Browser) -> None:
    browse.get("/opgaver/udbud/12345/", status=404)
    browse.get("/opgaver/udbud/?side=999&vis=vrøvl&slags=x")


def test_a_reason_is_kept_so_that_it_can_be_said_in_another_language(cast: Cast) -> None:
    enterprise = an_enterprise(cast, "Kantinen")
    open_now("national")
    reason = Reason("Tager opgaver op til %(most)s kr.", {"most": "50.000"})
    match_open_calls(finds(("", Answer((FoundOne(enterprise.pk, reasons=(reason,)),)))), now=timezone.now())
    row = the("national")
    assert row.matches.get().reasons == [["Tager opgaver op til %(most)s kr.", {"most": "50.000"}]]
