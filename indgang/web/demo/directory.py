# SPDX-License-Identifier: MPL-2.0
"""The enterprises of Åbjerg and its neighbours, written down, asked, confirmed and corrected as users would."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from django.utils import timezone

from indgang.directory.actions import (
    consent,
    drafts,
    freshness,
    listings,
    people,
    places,
    relations,
    status,
    words,
)
from indgang.directory.models import Contact, Interest, Listing, Organisation, StatusFact
from indgang.directory.permissions import PURPOSE
from indgang.kernel.access import Kind, Principal
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.models import Municipality, User
from indgang.web.demo.people import PASSWORD, Stage

LOGS_IN = "Papir & Pluk S.M.B.A."
ASKED, ANSWERED = timedelta(days=140), timedelta(days=138)
CONTACT_PERSONS = {
    "Papir & Pluk S.M.B.A.": "mette",
    "Grøn Hånd Fonden": "jonas",
    "Engholm Kro S.M.B.A.": "mette",
    "Syværket ApS": "mette",
    "IT-Sporet ApS": "jonas",
    "Rent Ord ApS": "jonas",
    "Værkstedet Kærnen": "jonas",
}


def fill_directory(stage: Stage) -> None:
    """Everything the demo's directory holds. Leaves the transaction bound to Åbjerg."""
    text = (files("indgang.web.demo") / "enterprises.toml").read_text("utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)["enterprise"]
    made = [(row, _write_down(stage, row)) for row in rows if "draft" not in row]
    for _row, organisation in made:
        _say_yes(stage, organisation)
    for row, organisation in made:
        _tell_more(stage, row, organisation)
    set_tenant(stage.municipality.pk)
    by_name = {organisation.name: organisation for _row, organisation in made}
    _ties(stage, by_name)
    for row in rows:
        if "draft" in row:
            _draft(stage, row)
    _let_log_in(by_name[LOGS_IN], stage.now)
    _teach_own_words(stage)


def _teach_own_words(stage: Stage) -> None:
    """What Åbjerg calls things; one of them was a mistake and is taken out again."""
    mette, now = stage.be("mette"), stage.now
    words.add_words(mette, words="vaskeloftet, linneddyp", meaning="vask af tøj", name="", now=now)
    words.add_words(mette, words="grønne tirsdage", meaning="pleje af grønne områder", name="", now=now)
    wrong = words.add_words(mette, words="bøvleriet", meaning="cykelreparation", name="", now=now)
    words.take_out(mette, wrong, now=now)


def _home(stage: Stage, row: dict[str, Any]) -> tuple[Municipality, Principal]:
    """The municipality that wrote it down, and who did: Mette in Åbjerg, Dan next door."""
    if row.get("home", stage.municipality.code) == stage.municipality.code:
        set_tenant(stage.municipality.pk)
        return stage.municipality, stage.be("mette")
    other = Municipality.objects.get(code=row["home"])
    set_tenant(other.pk)
    return other, Principal(Kind.SYSTEM, municipality_id=other.pk, name="Dan Holt")


def _write_down(stage: Stage, row: dict[str, Any]) -> Organisation:
    _municipality, by = _home(stage, row)
    name, role, phone, email = row["contact"]
    then = stage.now - ASKED
    organisation = drafts.add_draft(
        by,
        drafts.NewOrganisation(
            name=row["name"],
            text=row["listing"][0]["text"],
            town=row["town"],
            municipality_code=row.get("code", stage.municipality.code),
            postal_code=row.get("postal", ""),
            street=row.get("street", ""),
            contact_name=name,
            contact_role=role,
            contact_phone=phone,
            contact_email=email,
            cvr_number=row.get("cvr", ""),
            legal_form=row.get("form", ""),
            kind=row.get("kind", Organisation.Kind.SOCIAL),
            advertising_protected=row.get("draft") == "protected",
            website=row.get("website", ""),
        ),
        source=Organisation.Source.PHONE,
        now=then,
    )
    for number, sold in enumerate(row["listing"]):
        first = organisation.listings.first() if number == 0 else None
        if sold.get("cpv"):
            listings.save_listing(by, organisation, _facts(sold), first, now=then)
    return organisation


def _facts(sold: dict[str, Any]) -> listings.ListingFacts:
    amount, unit = sold.get("capacity", (None, ""))
    return listings.ListingFacts(
        text=sold["text"],
        cpv_codes=tuple(sold["cpv"]),
        areas=tuple(sold.get("areas", ())),
        everywhere=sold.get("everywhere", False),
        capacity_a_week=amount,
        capacity_unit=unit,
        season_months=tuple(sold.get("months", ())),
        smallest_dkk=sold.get("smallest"),
        largest_dkk=sold.get("largest"),
        lead_days=sold.get("lead"),
        price_note=sold.get("price", ""),
    )


def _say_yes(stage: Stage, organisation: Organisation) -> None:
    set_tenant(organisation.kept_by_id)
    consent.say_yes(_by_link(organisation), organisation, now=stage.now - ANSWERED)


def _by_link(organisation: Organisation) -> Principal:
    """The enterprise itself, come by the link in its mail."""
    return Principal(
        Kind.LINK,
        municipality_id=organisation.kept_by_id,
        purpose=PURPOSE,
        subject_id=organisation.pk,
        organisations=frozenset({organisation.pk}),
    )


def _tell_more(stage: Stage, row: dict[str, Any], organisation: Organisation) -> None:
    _municipality, staff = _home(stage, row)
    own, now, today = _by_link(organisation), stage.now, timezone.localdate(stage.now)
    then = now - timedelta(days=row["confirmed"])
    drafts.change_profile(
        own,
        organisation,
        now=then,
        presentation=row.get("presentation", ""),
        target_groups=row.get("groups", []),
        job_types=row.get("jobs", []),
    )
    if row.get("shown"):
        _show_contact(own, organisation, then)
    for offered in row.get("open", ()):
        places.save_open_place(
            own,
            organisation,
            job_type=offered["job"],
            text=offered["text"],
            count=offered.get("count", 1),
            now=then,
        )
    if row.get("declared"):
        status.declare(own, organisation, now=then)
    _verified(stage, row, organisation, staff, then)
    freshness.confirm(own, organisation, now=then)
    holiday = row.get("holiday")
    paused = row.get("paused_days")
    if holiday or paused:
        freshness.set_availability(
            own,
            organisation,
            now=then,
            paused_until=today + timedelta(days=paused) if paused else None,
            holiday_first=today - timedelta(days=holiday[0]) if holiday else None,
            holiday_last=today + timedelta(days=holiday[1]) if holiday else None,
            invitations_a_month=4,
        )


def _show_contact(own: Principal, organisation: Organisation, now: datetime) -> None:
    contact = organisation.contacts.get()
    people.save_contact(
        own,
        organisation,
        contact,
        name=contact.name,
        role=contact.role,
        email=contact.email,
        phone=contact.phone,
        is_shown=True,
        speaks_for=True,
        is_main=True,
        now=now,
    )


def _verified(
    stage: Stage, row: dict[str, Any], organisation: Organisation, staff: Principal, then: datetime
) -> None:
    today, year = timezone.localdate(stage.now), timezone.localdate(stage.now).year
    since = timezone.localdate(then)
    kinds = {"rsv": StatusFact.Kind.REGISTERED, "share": StatusFact.Kind.SHARE_30}
    seen = {"rsv": "Opslag i CVR", "share": "Underskrevet erklæring fra lederen"}
    for key, kind in kinds.items():
        if row.get(key):
            status.register(
                staff,
                organisation,
                kind=kind,
                evidence=f"{seen[key]} {since.strftime('%d.%m.%Y')}",
                since=since,
                valid_until=today.replace(year=year + 1, month=12, day=31),
                now=then,
            )
    if row.get("equivalent"):
        status.decide_equivalence(
            staff,
            organisation,
            reason="Fonden har et socialt formål i vedtægterne, lever af at sælge grøn drift, er uafhængig af kommunen,"
            " har medarbejdere i bestyrelsen og lægger overskuddet i flere pladser. Alle fem kriterier er opfyldt.",
            evidence="Vedtægter, årsrapport og bestyrelsesliste",
            since=since,
            valid_until=today.replace(year=year + 1, month=12, day=31),
            now=then,
        )


def _ties(stage: Stage, by_name: dict[str, Organisation]) -> None:
    """Contact persons, a declared interest, and a unit that may not buy for a while."""
    mette, now, today = stage.be("mette"), stage.now, timezone.localdate(stage.now)
    for name, key in CONTACT_PERSONS.items():
        relations.assign_contact_person(mette, by_name[name], stage.users[key], now=now - timedelta(days=90))
    soeren = stage.be("soeren")
    relations.state_interest(
        soeren,
        by_name["Brød for Alle A.M.B.A."],
        user=stage.users["soeren"],
        kind=Interest.Kind.BOARD,
        first_date=today - timedelta(days=400),
        source="",
        now=now - timedelta(days=30),
    )
    relations.set_bar(
        mette,
        organisation=by_name["Legestuen Reparer"],
        unit=stage.units["Børnehuset Solsikken"],
        first_date=today - timedelta(days=20),
        last_date=today + timedelta(days=345),
        reason="Iværksætteren er på orlov fra børnehuset",
        now=now - timedelta(days=20),
    )


def _draft(stage: Stage, row: dict[str, Any]) -> None:
    organisation = _write_down(stage, row)
    if row["draft"] in ("asked", "protected"):
        consent.ask_for_yes(stage.be("mette"), organisation, now=stage.now - timedelta(days=2))
    if row["draft"] == "unread":
        Listing.objects.filter(organisation=organisation).update(checked_at=None)


def _let_log_in(organisation: Organisation, now: datetime) -> None:
    """Rikke has an account of her own, with the demo's password."""
    contact = Contact.objects.get(organisation=organisation)
    contact.user = User.objects.create_user(contact.email, PASSWORD, name=contact.name, phone=contact.phone)
    contact.save(update_fields=["user"])
