# SPDX-License-Identifier: MPL-2.0
"""The CVR look-up over real HTTP, against a local server that speaks the shapes of both services."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pytest_django.fixtures import Settings

from indgang.core.text import Refused
from indgang.directory import cvr
from indgang.directory.cvr import answer as cvr_answer
from tests.cast import Cast
from tests.pages import Browser, text_of

NUMBER = "99990007"


def elastic(**changes: Any) -> dict[str, Any]:
    """A document in the shape of Virk's `cvr-permanent`, about an invented company."""

    def now(**value: Any) -> dict[str, Any]:
        return value | {"periode": {"gyldigFra": "2016-01-01", "gyldigTil": None}}

    place = {"vejnavn": "Prøvevej", "husnummerFra": 4, "bogstavFra": "B", "etage": "1", "sidedoer": "tv",
             "postnummer": 8600, "postdistrikt": "Silkeborg", "kommune": {"kommuneKode": 740}}  # fmt: skip
    document = {
        "cvrNummer": int(NUMBER),
        "reklamebeskyttet": True,
        "hjemmeside": [now(kontaktoplysning="www.proeve.example", hemmelig=False)],
        "telefonNummer": [now(kontaktoplysning="20304050", hemmelig=True)],
        "elektroniskPost": [
            {
                "kontaktoplysning": "gammel@proeve.example",
                "hemmelig": False,
                "periode": {"gyldigTil": "2020-01-01"},
            }
        ],
        "penheder": [now(pNummer=1000000001)],
        "attributter": [
            {"type": "FORMÅL", "vaerdier": [now(vaerdi="At give plads til flere.")]},
            {"type": "SOCIAL_ØKONOMISK_VIRKSOMHED", "vaerdier": [now(vaerdi="true")]},
        ],
        "virksomhedMetadata": {
            "nyesteNavn": {"navn": "Prøven ApS"},
            "nyesteBeliggenhedsadresse": place,
            "nyesteVirksomhedsform": {"kortBeskrivelse": "APS", "langBeskrivelse": "Anpartsselskab"},
            "nyesteHovedbranche": {"branchetekst": "Kantiner"},
            "sammensatStatus": "NORMAL",
        },
    } | changes
    return {"hits": {"total": 1, "hits": [{"_source": {"Vrvirksomhed": document}}]}}


def datafordeler() -> dict[str, Any]:
    address = {
        "AdresseringAnvendelse": "beliggenhedsadresse",
        "CVRAdresse_vejnavn": "Prøvevej",
        "CVRAdresse_husnummerFra": "4",
        "CVRAdresse_postnummer": "8600",
        "CVRAdresse_postdistrikt": "Silkeborg",
    }
    node = {
        "CVRNummer": int(NUMBER),
        "status": "Aktiv",
        "virksomhedOphoersdato": None,
        "id_CVR_Navn_CVREnhedsId_ref": {"vaerdi": "Prøven ApS"},
        "id_CVR_Adressering_CVREnhedsId_ref": {"nodes": [{"AdresseringAnvendelse": "postadresse"}, address]},
    }
    return {"data": {"CVR_Virksomhed": {"nodes": [node]}}}


class Register(BaseHTTPRequestHandler):
    """Answers what the test put in `answers`, and remembers what was asked."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = b"{}"
    wait: ClassVar[float] = 0.0
    asked: ClassVar[list[tuple[str, dict[str, str], Any]]] = []

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.asked.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
        time.sleep(self.wait)
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def register(settings: Settings) -> Iterator[type[Register]]:
    Register.status, Register.body, Register.wait, Register.asked = 200, b"{}", 0.0, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    server.daemon_threads = False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CVR_URL = f"elastic+http://127.0.0.1:{server.server_port}/cvr-permanent/virksomhed/_search"
    settings.CVR_CREDENTIALS = "bruger:hemmelig"
    yield Register
    server.shutdown()
    server.server_close()


def said(register: type[Register], body: object, status: int = 200) -> None:
    register.body, register.status = json.dumps(body).encode(), status


def test_virks_elasticsearch_is_asked_and_understood(register: type[Register]) -> None:
    said(register, elastic())
    found = cvr.look_up(" 99 99 00 07 ")
    assert found == cvr.Company(
        cvr_number=NUMBER, name="Prøven ApS", street="Prøvevej 4B, 1 tv", postal_code="8600", town="Silkeborg",
        municipality_code=740, legal_form="ApS", p_numbers=("1000000001",), website="www.proeve.example", trade="Kantiner",
        purpose="At give plads til flere.", is_protected=True, says_rsv=True,
    )  # fmt: skip
    path, headers, question = register.asked[0]
    assert path == "/cvr-permanent/virksomhed/_search"
    assert headers["Authorization"].startswith("Basic ")
    assert question["query"]["term"] == {"Vrvirksomhed.cvrNummer": int(NUMBER)}


def test_datafordelers_graphql_is_asked_and_understood(register: type[Register], settings: Settings) -> None:
    settings.CVR_URL = (
        settings.CVR_URL.replace("elastic+", "datafordeler+").partition("/cvr-permanent")[0] + "/CVR/v1"
    )
    said(register, datafordeler())
    found = cvr.look_up(NUMBER)
    assert found is not None
    assert (found.name, found.street, found.town, found.municipality_code) == (
        "Prøven ApS",
        "Prøvevej 4",
        "Silkeborg",
        740,
    )
    assert found.is_protected is None
    path, _headers, question = register.asked[0]
    assert path == "/CVR/v1?apiKey=bruger%3Ahemmelig"
    assert question["variables"] == {"cvr": int(NUMBER)}


def test_what_the_register_keeps_secret_or_has_ended_is_left_out(register: type[Register]) -> None:
    said(register, elastic())
    found = cvr.look_up(NUMBER)
    assert found is not None
    assert (found.phone, found.email) == ("", "")


def test_a_sole_trader_is_known_by_its_form_and_a_dead_company_by_its_status(
    register: type[Register],
) -> None:
    about = elastic()["hits"]["hits"][0]["_source"]["Vrvirksomhed"]["virksomhedMetadata"]
    changed = about | {
        "nyesteVirksomhedsform": {"kortBeskrivelse": "ENK", "langBeskrivelse": "Enkeltmandsvirksomhed"},
        "sammensatStatus": "OPHØRT",
    }
    said(register, elastic(virksomhedMetadata=changed))
    found = cvr.look_up(NUMBER)
    assert found is not None
    assert (found.legal_form, found.is_active) == ("Enkeltmandsvirksomhed", False)


@pytest.mark.parametrize("body", [{"hits": {"total": 0, "hits": []}}, {}, [], {"hits": None}])
def test_a_number_nobody_has_finds_nothing(register: type[Register], body: object) -> None:
    said(register, body)
    assert cvr.look_up(NUMBER) is None


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, b"", "afviste vores adgang"),
        (403, b"", "afviste vores adgang"),
        (500, b"broken", r"kunne ikke svare \(500\)"),
        (200, b"<html>", "noget, vi ikke forstår"),
        (200, b"x" * 5_000_001, "kunne ikke svare"),
    ],
)
def test_every_failure_is_a_sentence_that_ends_in_typing_it_oneself(
    register: type[Register], status: int, body: bytes, sentence: str
) -> None:
    register.status, register.body = status, body
    with pytest.raises(Refused, match=sentence) as refusal:
        cvr.look_up(NUMBER)
    assert "Skriv oplysningerne selv" in str(refusal.value)


def test_nobody_waits_long_for_a_register_that_is_silent(
    register: type[Register], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cvr_answer, "PATIENCE_SECONDS", 0.2)
    register.wait = 1.0
    with pytest.raises(Refused, match="svarer ikke lige nu"):
        cvr.look_up(NUMBER)


def test_a_register_that_is_not_there_is_told(settings: Settings) -> None:
    settings.CVR_URL = "elastic+http://127.0.0.1:9/"
    with pytest.raises(Refused, match="Vi kan ikke få forbindelse til CVR"):
        cvr.look_up(NUMBER)


def test_a_graphql_error_is_told(register: type[Register], settings: Settings) -> None:
    settings.CVR_URL = settings.CVR_URL.replace("elastic+", "datafordeler+")
    said(register, {"errors": [{"message": "no"}]})
    with pytest.raises(Refused, match="forstod ikke spørgsmålet"):
        cvr.look_up(NUMBER)


@pytest.mark.parametrize("address", ["https://cvr.example", "gopher+https://x", "elastic+file:///etc/passwd"])
def test_an_address_of_another_kind_is_refused(settings: Settings, address: str) -> None:
    settings.CVR_URL = address
    with pytest.raises(Refused, match="INDGANG_CVR_URL skal begynde med"):
        cvr.look_up(NUMBER)


def test_a_wrong_number_never_leaves_the_house(register: type[Register]) -> None:
    with pytest.raises(Refused, match="et ciffer er forkert"):
        cvr.look_up("99990008")
    assert register.asked == []


def test_the_page_fills_in_what_the_register_knows_and_keeps_what_was_typed(
    cast: Cast, browse: Browser, register: type[Register]
) -> None:
    said(register, elastic())
    mette = browse.log_in("mette")
    typed = {"text": "De laver mad", "cvr_number": NUMBER, "look_up": "ja", "contact_name": "Per"}
    page = mette.post("/virksomheder/ny/samtale/", typed, status=200)
    text, html = text_of(page), page.content.decode()
    assert 'value="Prøven ApS"' in html
    assert "De laver mad" in text
    assert 'value="Per"' in html
    assert "Reklamebeskyttet" in text
    assert "Står som registreret socialøkonomisk virksomhed i CVR" in text


def test_without_a_service_the_page_says_so_and_typing_works(
    cast: Cast, browse: Browser, settings: Settings
) -> None:
    settings.CVR_URL = ""
    mette = browse.log_in("mette")
    assert "Opslag i CVR er ikke sat op her" in text_of(mette.get("/virksomheder/ny/samtale/"))
    typed = {
        "text": "De vasker biler", "name": "Bilfixerne", "town": "Åbjerg", "municipality_code": "997",
        "contact_name": "Jørgen", "contact_phone": "20304050", "cvr_number": "99251557", "kind": "social",
    }  # fmt: skip
    wrong = mette.post("/virksomheder/ny/samtale/", typed | {"cvr_number": "99251558"}, status=200)
    assert "et ciffer er forkert" in text_of(wrong)
    assert "/forslag/" in mette.post("/virksomheder/ny/samtale/", typed).headers["Location"]


SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples beside the project are not shipped with it")
def test_the_documented_samples_of_both_services_are_understood(
    register: type[Register], settings: Settings
) -> None:
    register.body = (SAMPLES / "cvr_permanent_sample_synthetic.json").read_bytes()
    found = cvr.look_up(NUMBER)
    assert found is not None
    assert (found.name, found.legal_form, found.municipality_code, found.says_rsv) == (
        "Eksempel Socialøkonomi ApS",
        "ApS",
        740,
        True,
    )
    other = json.loads((SAMPLES / "cvr_other_formats_synthetic.json").read_text("utf-8"))[
        "datafordeler_graphql"
    ]
    settings.CVR_URL = settings.CVR_URL.replace("elastic+", "datafordeler+")
    said(register, other)
    again = cvr.look_up(NUMBER)
    assert again is not None
    assert (again.name, again.town) == (found.name, "Silkeborg")
