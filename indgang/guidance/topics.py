# SPDX-License-Identifier: MPL-2.0
"""Facts that are told rather than asked for, gathered under what they are about."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PURCHASE = ("goods", "services", "works")
CONTRACT = (*PURCHASE, "concession_services", "concession_works")


class Topic(NamedTuple):
    """`kinds` are those it is offered for; `facts` are names in the core's vocabulary."""

    key: str
    label: Promise
    text: Promise
    facts: tuple[str, ...]
    kinds: tuple[str, ...] = CONTRACT


TOPICS = (
    Topic("hvad", _("Hvad og hvornår"), _("Slags, kode, beløb, dato og varighed."),
          ("kind", "cpv_main", "value_dkk", "publication_date", "duration_months", "authority_type"), ()),
    Topic("vaerdi", _("Hvordan værdien er regnet"), _("Pr. måned, løbende køb, en selvstændig enhed, alt det, der hører sammen."),
          ("related_value_dkk", "monthly_dkk", "recurring.last_12m_dkk", "recurring.next_12m_dkk", "unit_independent")),
    Topic("dele", _("Delt i dele"), _("Delaftaler, en lille del for sig, og hvorfor købet er delt."),
          ("lots", "part", "total_value_all_parts", "split_below_limit", "split_reason")),
    Topic("krav", _("Krav og fremgangsmåde"), _("Hvordan I vil købe, og krav, I overvejer."),
          ("method", "kgi", "performed_in_dk", "wish", "specs_tailored", "bid_abnormally_low")),
    Topic("marked", _("Markedet"), _("Hvor mange kan levere, og hvor mange opfylder betingelserne."),
          ("market.n_suppliers", "market.n_ws30", "market.n_art77", "market.capacity_short", "market.need_unmet")),
    Topic("leverandoer", _("Leverandøren"), _("Om en bestemt virksomhed må få en forbeholdt kontrakt."),
          ("supplier.legal_person", "supplier.rsv", "supplier.sheltered_workshop", "supplier.main_aim_integration",
           "supplier.share_target_group_pct", "supplier.public_service_mission", "supplier.profit_reinvested",
           "supplier.participatory", "supplier.art77_award_same_authority_last_36m", "supplier.tax_debt_dkk",
           "supplier.prior_involvement")),
    Topic("aftale", _("En aftale, der løber"), _("Om den binder jer, og hvad der er købt ved siden af."),
          ("existing_agreement", "existing_agreement.eu_tendered",
           "existing_agreement.committed_volume", "existing_agreement.total_value_dkk",
           "existing_agreement.delydelser_used_dkk")),
    Topic("aendring", _("Ændring af en kontrakt"), _("Hvad der er ændret i alt, og hvorfor."),
          ("contract_change.sum_dkk", "contract_change.original_value_dkk", "contract_change.new_character",
           "contract_change.ground")),
    Topic("eget-vaerksted", _("Eget værksted"), _("En enhed, I selv bestemmer over."),
          ("in_house.control", "in_house.activity_share_pct", "in_house.private_capital")),
    Topic("drift", _("Drift og leje"), _("Hvem der bærer risikoen, og hvordan markedslejen er vist."),
          ("operating_risk", "rent_evidence"), ("concession_services", "concession_works", "lease_out")),
    Topic("stoette", _("Støtten"), _("Formål, modydelse og mellemled."),
          ("purpose", "mutual_obligation", "sgei_entrusted", "via_intermediary"), ("grant",)),
    Topic("egen-drift", _("Det, kommunen selv gør"), _("Hvad det er, og om det sker gennem andre."),
          ("activity", "leave_paid", "via_intermediary"), ("own_operation",)),
    Topic("ansaettelse", _("Ordningen"), _("Timer, om personen er ansat, og hvor længe der har været ydelse."),
          ("employment.scheme", "employment.hours_week", "employment.effective_hours", "employment.own_employee",
           "employment.weeks_on_benefit"), ("employment",)),
)  # fmt: skip


def topics_for(facts: Mapping[str, Any]) -> list[Topic]:
    """The topics that fit what somebody wants to do."""
    kind = facts.get("kind")
    return [each for each in TOPICS if not each.kinds or kind in each.kinds]


def topic(key: str) -> Topic | None:
    return next((each for each in TOPICS if each.key == key), None)
