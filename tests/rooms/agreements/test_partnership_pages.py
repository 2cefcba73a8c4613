# SPDX-License-Identifier: MPL-2.0
"""Pages of a partnership agreement: written, acceded to by link, kept, asked outside of; strangers and refusals."""

from datetime import timedelta

from django.utils import timezone

from indgang.agreements.models import Accession, Agreement, Fulfilment, SupportRequest
from indgang.agreements.partnership import accede, draft
from indgang.kernel.links import mint, open_links
from tests.cast import Cast
from tests.factories import an_enterprise
from tests.pages import Browser, text_of
from tests.rooms.agreements.partnership_scene import code_in, confirm, in_force, lise
from tests.rooms.agreements.scene import an_upload

TODAY = timezone.localdate()


def link_for(purpose: str, subject_id: int) -> str:
    """The path that the mail would carry."""
    return f"/l/{purpose}/{mint(open_links(purpose, subject_id).get(), now=timezone.now())}/"


def accede_by_link(browse: Browser, accession: Accession) -> str:
    """Ask for a code, read it in the mail, open, say yes; returns the page that follows."""
    path = link_for(accede.ACCEDE, accession.pk)
    assert "Få en kode" in text_of(browse.get(path))
    browse.post(path + "kode/")
    page = browse.follow(path + "aabn/", {"code": code_in(accession.party.email)})
    assert "Det er den tekst, du tiltræder" in text_of(page)
    said = {
        "name": "Bo Kjær",
        "role": "Leder",
        "has_authority": "on",
        "seen_hash": accession.version.text_hash,
    }
    return text_of(browse.follow(path + "ja/", said))


def test_from_the_template_to_an_agreement_that_holds(cast: Cast, browse: Browser) -> None:
    lise(cast)
    kro, mette = an_enterprise(cast, "Engholm Kro"), browse.log_in("mette")
    facts = {
        "variant": "municipality", "title": "Flere pladser", "organisations": [kro.pk], "unit": cast.units["Beskæftigelse"].pk,
        "signer": cast.people["lise"].pk, "manager": cast.people["mette"].pk, "first_date": str(TODAY),
        "last_date": str(TODAY + timedelta(days=730)),
    }  # fmt: skip
    page = mette.follow("/aftaler/ny/", facts)
    assert "ikke en juridisk standard" in text_of(page)
    agreement = Agreement.objects.get()
    path = f"/aftaler/{agreement.pk}/"
    unready = mette.post(path + "send/", status=409)
    assert "Skriv et løfte" in text_of(unready)
    for party in agreement.parties.all():
        promise = {"party": party.pk, "text": "Møde om indkøb", "measure": "Referat", "due_date": str(TODAY + timedelta(days=60)), "repeats_months": "6"}  # fmt: skip
        mette.post(path + "loefte/", promise)
    mette.post(path + "maal/", {"title": "Egen indtjening", "measured_in": "%", "target": "44", "direction": "up", "tolerance_percent": "5"})  # fmt: skip
    mette.post(path + "tekst/foreword/", {"title": "Hvorfor", "text": "Fordi det virker."})
    late = mette.post(path + "loefte/", promise | {"due_date": str(TODAY + timedelta(days=900))}, status=422)
    assert "Løftet skal holdes, mens aftalen gælder" in text_of(late)
    browse.log_in("søren").post(path + "godkend/legal/")
    browse.log_in("lise").post(path + "godkend/management/", {"note": "Behandlet i udvalget"})
    assert "har ikke bekræftet adressen" in text_of(mette.post(path + "send/", status=409))
    theirs = agreement.parties.get(organisation=kro)
    address = link_for(draft.CONFIRM, theirs.pk)
    assert "Adressen er bekræftet" in text_of(browse.follow(address))
    assert "venter på tiltrædelse" in text_of(mette.follow(path + "send/"))
    first, second = Accession.objects.select_related("version", "party").order_by("pk")
    assert "gælder, når de andre" in accede_by_link(browse, first)
    assert "aftalen gælder" in accede_by_link(browse, second)
    page = text_of(mette.get(path))
    assert "Meld holdt" in page
    assert mette.client.get(path + "udgave/1/aftale.pdf").content.startswith(b"%PDF-1.7")


def test_a_forwarded_link_shows_neither_text_nor_address(cast: Cast, browse: Browser) -> None:
    in_force(cast)
    agreement = Agreement.objects.get()
    party = draft.add_party(
        cast.be("mette"), agreement, draft.Who("Anja", "anja@syvaerket.example", organisation=an_enterprise(cast, "Syværket")), now=timezone.now(),
    )  # fmt: skip
    confirm(party)
    joining = accede.let_join(cast.be("mette"), agreement, party, now=timezone.now())
    path = link_for(accede.ACCEDE, joining.pk)
    browse.post(path + "kode/")
    page = text_of(browse.get(path))
    assert "a…@syvaerket.example" in page
    assert "anja@" not in page
    assert "Hvad vi lover hinanden" not in page
    assert "Koden passer ikke" in text_of(browse.post(path + "aabn/", {"code": "000000" if code_in(party.email) != "000000" else "111111"}, status=422))  # fmt: skip
    said = {
        "name": "En kollega",
        "role": "Leder",
        "has_authority": "on",
        "seen_hash": joining.version.text_hash,
    }
    refused = text_of(browse.post(path + "ja/", said, status=422))
    assert "Få en ny kode" in refused
    assert Accession.objects.get(pk=joining.pk).acceded_at is None


def test_promises_figures_and_a_request_that_is_stopped(cast: Cast, browse: Browser) -> None:
    agreement, mette = in_force(cast), browse.log_in("mette")
    path = f"/aftaler/{agreement.pk}/"
    assert f"fra=agreement&amp;nr={agreement.pk}" in mette.get(path).content.decode()
    row = Fulfilment.objects.order_by("pk")[0]
    assert "Løftet er holdt" in text_of(mette.get(path + f"holdt/{row.pk}/"))
    mette.post(path + f"holdt/{row.pk}/", {"evidence": "Referat i sagen", "done_date": str(TODAY)})
    goal = agreement.versions.get().goals.get()
    bad = mette.post(path + f"tal/{goal.pk}/", {"value": "en del", "on_date": str(TODAY), "source": "Regnskab"}, status=422)  # fmt: skip
    assert "Regnskab" in bad.content.decode()
    page = mette.follow(
        path + f"tal/{goal.pk}/", {"value": "41", "on_date": str(TODAY), "source": "Regnskab"}
    )
    assert "Skriv en plan for det røde tal" in text_of(page)
    kro = agreement.parties.get(organisation__isnull=False)
    page = mette.follow(
        path + f"stoette/{kro.pk}/", {"text": "En million til ombygning", "amount_dkk": "1.000.000"}
    )
    assert "Stoppet." in text_of(page)
    asked = SupportRequest.objects.get()
    facts = {"text": "Ikke lovligt, kroen driver erhverv.", "document": an_upload("notat.pdf")}
    assert "Juridisk vurdering" in text_of(mette.follow(path + f"vurdering/{asked.pk}/", facts))


def test_what_is_new_in_a_version_is_marked_word_by_word(cast: Cast, browse: Browser) -> None:
    agreement, mette = in_force(cast), browse.log_in("mette")
    path = f"/aftaler/{agreement.pk}/"
    mette.post(path + "ny-udgave/", {"note": "Kortere forord"})
    mette.post(path + "tekst/data/", {"title": "Oplysninger og fortrolighed", "text": "Ingen borgers forhold nævnes nogen steder."})  # fmt: skip
    page = mette.get(path + "udgave/2/").content.decode()
    assert "<ins>nogen steder.</ins>" in page
    assert "<del>" in page


def test_strangers_and_neighbours_see_nothing_but_kept_promises(cast: Cast, browse: Browser) -> None:
    agreement = in_force(cast)
    browse.log_in("dan").get(f"/aftaler/{agreement.pk}/", status=404)
    assert browse.client.get(f"/aftaler/{agreement.pk}/").status_code == 302
    page = text_of(browse.get("/aftaler/loefter/"))
    assert "Holder kommunen, hvad den lover?" in page
    assert "Engholm Kro" not in page
    browse.get("/l/tiltraed/findes-ikke/", status=404)
