# SPDX-License-Identifier: MPL-2.0
"""The fixed words of the directory: job types, target groups and legal forms, in the words people use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobType(models.TextChoices):
    """Ways into work that an enterprise can offer (glossary: jobtype)."""

    ORDINARY = "ordinary", _("Ordinært job")
    FLEX = "flex", _("Fleksjob")
    SMALL = "small", _("Småjob")
    WAGE_SUBSIDY = "wage_subsidy", _("Løntilskud og skånejob")
    WORK_PLACEMENT = "work_placement", _("Virksomhedspraktik")
    CLARIFICATION = "clarification", _("Afklaring af arbejdsevne")
    STU = "stu", _("STU-forløb")
    SHELTERED_103 = "sheltered_103", _("Beskyttet beskæftigelse (§ 103)")
    ACTIVITY_104 = "activity_104", _("Aktivitet og samvær (§ 104)")
    VOLUNTEER = "volunteer", _("Frivilligt arbejde")


class TargetGroup(models.TextChoices):
    """Whom an enterprise makes room for. Said about groups, never about one person."""

    MENTAL = "mental", _("Psykisk sårbarhed")
    AUTISM = "autism", _("Autisme og ADHD")
    COGNITIVE = "cognitive", _("Udviklingshandicap")
    PHYSICAL = "physical", _("Fysisk handicap")
    SENSES = "senses", _("Nedsat syn eller hørelse")
    BRAIN_INJURY = "brain_injury", _("Hjerneskade")
    HOMELESS = "homeless", _("Hjemløshed")
    ADDICTION = "addiction", _("Afhængighed")
    MIGRANTS = "migrants", _("Flygtninge og indvandrere")
    WOMEN = "women", _("Kvinder med anden baggrund end dansk")
    YOUNG = "young", _("Unge på vej ind i job eller uddannelse")
    LONG_TERM = "long_term", _("Lang tid uden job")
    FLEX_JOB = "flex_job", _("Fleksjobvisiterede")
    PENSION = "pension", _("Førtidspensionister")
    CONVICTED = "convicted", _("Tidligere straffede")


LEGAL_FORMS = (
    "ApS",
    "A/S",
    "F.M.B.A.",
    "S.M.B.A.",
    "A.M.B.A.",
    "Fond",
    "Forening",
    "Selvejende institution",
    "I/S",
    "P/S",
    "Enkeltmandsvirksomhed",
    "Kommunal eller regional",
)
SOLE_TRADER = "Enkeltmandsvirksomhed"
"""The owner is the enterprise: what is known about it is personal data."""
