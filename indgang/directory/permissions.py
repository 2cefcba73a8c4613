# SPDX-License-Identifier: MPL-2.0
"""Who may do what in the directory; every refusal says why and what to do instead."""

from indgang.core.text import Refused, gettext_noop
from indgang.directory.models import Organisation
from indgang.kernel.access import Kind, Principal
from indgang.kernel.models import Role

PURPOSE = "virksomhed"
"""The purpose of the signed link with which an enterprise answers for itself."""

KEEPERS = (Role.COORDINATOR, Role.JOB_CONSULTANT)
"""Those who write enterprises down and keep their profiles."""
TEACHERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
"""Those who teach the search the municipality's own words."""
INSIGHT = (Role.COORDINATOR, Role.PURCHASING_HEAD, Role.TENDER_CONSULTANT)
"""Those who must know about colleagues' interests to prevent conflicts."""


def speaks(by: Principal, organisation: Organisation) -> bool:
    """Whether somebody answers for the enterprise: logged in, or by its link."""
    return by.speaks_for(organisation.pk) or by.may_by_link(PURPOSE, organisation.pk)


def keeps(by: Principal, organisation: Organisation) -> bool:
    """Whether somebody looks after the profile for the municipality that wrote it down."""
    if organisation.kept_by_id != by.municipality_id:
        return False
    return by.kind is Kind.SYSTEM or by.holds(*KEEPERS)


def check_can_add(by: Principal) -> None:
    if by.kind is not Kind.SYSTEM and not by.holds(*KEEPERS):
        raise Refused(
            gettext_noop("Koordinatorer og jobkonsulenter skriver virksomheder ind. Giv dem navnet videre.")
        )


def check_can_edit(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if not speaks(by, organisation) and not keeps(by, organisation):
        raise Refused(
            gettext_noop(
                "Profilen rettes af virksomheden selv eller af %(municipality)s, som har skrevet den ind."
            ),
            municipality=organisation.kept_by.name,
        )


def check_can_ask(by: Principal, organisation: Organisation) -> None:
    """May the first mail be sent: does the enterprise want to stand here?"""
    _must_be_open(organisation)
    if not organisation.is_draft:
        raise Refused(gettext_noop("Virksomheden har allerede sagt ja."))
    if not keeps(by, organisation):
        raise Refused(gettext_noop("Koordinatorer og jobkonsulenter spørger virksomheden."))


def check_can_publish(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if not organisation.is_draft:
        raise Refused(gettext_noop("Virksomheden står her allerede."))
    if not speaks(by, organisation) and not keeps(by, organisation):
        raise Refused(gettext_noop("Kun virksomheden selv kan sige ja til at stå her."))


def check_can_confirm(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if organisation.is_draft:
        raise Refused(gettext_noop("Kladden er ikke offentlig endnu. Virksomheden skal først sige ja."))
    if not speaks(by, organisation) and not keeps(by, organisation):
        raise Refused(gettext_noop("Kun virksomheden selv kan sige, at oplysningerne passer."))


def check_can_remove(by: Principal, organisation: Organisation) -> None:
    if not speaks(by, organisation) and not keeps(by, organisation):
        raise Refused(
            gettext_noop("Virksomheden fjernes af den selv eller af %(municipality)s."),
            municipality=organisation.kept_by.name,
        )


def check_can_reopen(by: Principal, organisation: Organisation) -> None:
    if organisation.closed_at is None:
        raise Refused(gettext_noop("Virksomheden er ikke lukket."))
    if organisation.merged_into_id is not None:
        raise Refused(gettext_noop("Virksomheden er lagt sammen med en anden og kan ikke åbnes igen."))
    if not speaks(by, organisation) and not keeps(by, organisation):
        raise Refused(gettext_noop("Kun virksomheden selv eller en koordinator kan åbne den igen."))


def check_can_merge(by: Principal, into: Organisation, gone: Organisation) -> None:
    _must_be_open(into)
    _must_be_open(gone)
    if into.pk == gone.pk:
        raise Refused(gettext_noop("Vælg to forskellige virksomheder."))
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator lægger virksomheder sammen."))
    for organisation in (into, gone):
        if organisation.kept_by_id != by.municipality_id:
            raise Refused(
                gettext_noop("%(name)s er skrevet ind af %(municipality)s. Bed dem om at lægge sammen."),
                name=organisation.name,
                municipality=organisation.kept_by.name,
            )


def check_can_declare(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if not speaks(by, organisation) and not keeps(by, organisation):
        raise Refused(gettext_noop("Kun virksomheden selv kan erklære, at den er socialøkonomisk."))


def check_can_verify(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if not by.holds(*KEEPERS) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("Koordinatorer og jobkonsulenter ser dokumentation efter."))


def check_can_decide_equivalence(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator afgør, om betingelserne er opfyldt."))


def check_can_teach(by: Principal) -> None:
    if not by.holds(*TEACHERS):
        raise Refused(gettext_noop("En koordinator eller administrator skriver kommunens egne ord."))


def check_can_assign(by: Principal, organisation: Organisation) -> None:
    _must_be_open(organisation)
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator vælger kontaktperson."))


def check_can_state_interest(by: Principal, user_id: int) -> None:
    """Anybody who works here states their own; a coordinator also writes down what is known of others.

    The house itself writes down what an agreement between the two has made true.
    """
    if by.kind is Kind.SYSTEM:
        return
    if not by.works_here:
        raise Refused(gettext_noop("Interesser oplyses af dem, der arbejder i kommunen."))
    if user_id != by.user_id and not by.holds(Role.COORDINATOR):
        raise Refused(gettext_noop("Du kan oplyse dine egne interesser. En koordinator kan skrive andres."))


def check_can_see_interests(by: Principal) -> None:
    if not by.holds(*INSIGHT):
        raise Refused(
            gettext_noop("Interesser ses af koordinatorer og af dem, der står for indkøb og udbud.")
        )


def check_can_bar(by: Principal) -> None:
    if not by.holds(Role.COORDINATOR) and by.kind is not Kind.SYSTEM:
        raise Refused(gettext_noop("En koordinator skriver købsspærringer."))


def _must_be_open(organisation: Organisation) -> None:
    if organisation.merged_into_id is not None:
        raise Refused(gettext_noop("Virksomheden er lagt sammen med en anden. Brug den anden."))
    if organisation.closed_at is not None:
        raise Refused(gettext_noop("Virksomheden er lukket. Åbn den igen først."))
