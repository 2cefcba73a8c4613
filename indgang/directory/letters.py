# SPDX-License-Identifier: MPL-2.0
"""The mails that enterprises get about their profile. Plain words: who writes, why, and how to say no."""

from collections.abc import Callable
from datetime import date

from indgang.directory.models import Contact, Organisation
from indgang.kernel import danish
from indgang.kernel.danish import written as _
from indgang.kernel.models import Municipality, User

LINK_PATH = "/l/virksomhed/{token}/"


def sources() -> dict[str, str]:
    """How each source is named to the enterprise."""
    return {
        Organisation.Source.SELF: _("jer selv"),
        Organisation.Source.PHONE: _("en samtale med jer"),
        Organisation.Source.IMPORT: _("en liste, som kommunen har"),
        Organisation.Source.CVR: _("CVR-registret"),
    }


def source_sentence(organisation: Organisation, say: Callable[[str], str] = _) -> str:
    """Where the facts come from, as the first mail must say (databeskyttelsesforordningen art. 14).

    A page passes the reader's own language as `say`.
    """
    told = say(sources()[organisation.source])
    return f"{told} ({organisation.source_note})" if organisation.source_note else told


def may_we_show(
    organisation: Organisation, contact: Contact, municipality: Municipality, sender: User | None
) -> tuple[str, str]:
    """Subject and body of the first mail."""
    subject = _("Må vi vise %(name)s i %(municipality)ss virksomhedskatalog?") % {
        "name": organisation.name,
        "municipality": municipality.name.removesuffix(" Kommune") + " Kommune",
    }
    body = _(
        "Hej %(contact)s\n\n"
        "%(municipality)s samler de virksomheder, der giver plads til mennesker på kanten af arbejdsmarkedet, så"
        " kommunens indkøbere, andre virksomheder og borgere kan finde jer og spørge jer om opgaver.\n\n"
        "Vi har skrevet en kladde om %(name)s. Oplysningerne kommer fra %(source)s. Kun kommunens medarbejdere kan"
        " se kladden, indtil I siger ja.\n\n"
        "Se den, og vælg selv:\n{link}\n\n"
        "Du kan vælge «Ja, vis os», «Ret oplysninger» eller «Fjern os». Siger I ja, kan I blive spurgt om opgaver,"
        " højst fire gange om måneden, og I kan altid rette, holde pause eller blive fjernet. Vælger I «Fjern os»,"
        " sletter vi kladden og skriver ikke til jer igen. Hører vi ikke fra jer, sletter vi den efter et halvt år.\n\n"
        "%(signature)s\n\n"
        "%(municipality)s er dataansvarlig. Sådan bruger vi oplysninger: se «Sådan bruger vi oplysninger» nederst på"
        " siden. Du kan klage til Datatilsynet."
    ) % {
        "contact": contact.name,
        "municipality": municipality.name,
        "name": organisation.name,
        "source": source_sentence(organisation),
        "signature": _signature(municipality, sender),
    }
    return subject, body


def still_current(
    organisation: Organisation, contact: Contact, municipality: Municipality, fades_on: date, hidden_on: date
) -> tuple[str, str]:
    """Subject and body of the question that is asked at most every 90 days."""
    subject = _("Passer oplysningerne om %(name)s stadig?") % {"name": organisation.name}
    body = _(
        "Hej %(contact)s\n\n"
        "Det er tre måneder siden, I sidst bekræftede jeres profil. Ét klik er nok:\n{link}\n\n"
        "Samme sted kan I rette, sætte ferie eller holde pause. Hører vi ikke fra jer, står der fra %(fades)s, at"
        " profilen ikke er bekræftet for nylig, og fra %(hidden)s foreslår vi jer ikke til opgaver. Vi skriver først"
        " igen to uger før det sker.\n\n"
        "%(signature)s"
    ) % {
        "contact": contact.name,
        "fades": _day(fades_on),
        "hidden": _day(hidden_on),
        "signature": _signature(municipality, None),
    }
    return subject, body


def soon_hidden(
    organisation: Organisation, contact: Contact, municipality: Municipality, hidden_on: date
) -> tuple[str, str]:
    """Subject and body of the announcement, two weeks before a profile leaves the search."""
    subject = _("%(name)s bliver skjult den %(day)s") % {"name": organisation.name, "day": _day(hidden_on)}
    body = _(
        "Hej %(contact)s\n\n"
        "I har ikke bekræftet jeres profil i et halvt år. Fra %(day)s viser vi jer ikke i søgningen og foreslår jer"
        " ikke til opgaver, fordi kunderne skal kunne stole på det, der står.\n\n"
        "Passer oplysningerne stadig? Ét klik er nok:\n{link}\n\n"
        "Intet bliver slettet. Bekræfter I senere, er I tilbage med det samme. Vi skriver ikke mere om det.\n\n"
        "%(signature)s"
    ) % {"contact": contact.name, "day": _day(hidden_on), "signature": _signature(municipality, None)}
    return subject, body


def _day(day: date) -> str:
    return danish.day(day)


def _signature(municipality: Municipality, sender: User | None) -> str:
    person = sender or municipality.public_contact
    lines = [_("Venlig hilsen")]
    if person is not None:
        lines.append(f"{person.name}{f', {person.phone}' if person.phone else ''}")
    lines.append(municipality.name + (f" · {municipality.email}" if municipality.email else ""))
    return "\n".join(lines)
