# SPDX-License-Identifier: MPL-2.0
"""People who log in, and what they are in a municipality."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indgang.kernel.models.municipality import Owned, Unit
from indgang.kernel.models.retention import Retention


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What it may do comes from memberships and from the organisations it speaks for."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("navn"), max_length=100)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_staff = models.BooleanField(_("kan se systemets administration"), default=False)
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    retention: ClassVar[list[Retention]] = [
        Retention(fields=("name", "phone"), after="closed_at", days=365, then="clear"),
        Retention(fields=("email",), after="closed_at", days=365, then="pseudonym"),
    ]

    class Meta:
        verbose_name = _("bruger")
        verbose_name_plural = _("brugere")

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Koordinator")
    PURCHASING_HEAD = "purchasing_head", _("Indkøbschef")
    TENDER_CONSULTANT = "tender_consultant", _("Udbudskonsulent")
    BUYER = "buyer", _("Indkøber")
    CONTRACT_MANAGER = "contract_manager", _("Kontraktstyrer")
    JOB_CONSULTANT = "job_consultant", _("Jobkonsulent")
    FINANCE = "finance", _("Økonomi")
    DIRECTOR = "director", _("Direktør")
    ADMINISTRATOR = "administrator", _("Administrator")
    DATA_PROTECTION = "data_protection", _("Databeskyttelsesrådgiver")


class Membership(Owned):
    """What somebody is in a unit, from one day to another."""

    user = models.ForeignKey(
        User, verbose_name=_("bruger"), on_delete=models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("enhed"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("rolle"), max_length=20, choices=Role)
    first_date = models.DateField(_("fra"))
    last_date = models.DateField(_("til og med"), null=True, blank=True)
    stand_in = models.ForeignKey(
        User,
        verbose_name=_("stedfortræder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stands_in_for",
    )
    absent_until = models.DateField(_("fraværende til og med"), null=True, blank=True)

    class Meta:
        verbose_name = _("tilknytning")
        verbose_name_plural = _("tilknytninger")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__isnull=True) | Q(last_date__gte=F("first_date")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("user")),
                name="nobody_stands_in_for_oneself",
            ),
            models.UniqueConstraint(fields=["user", "unit", "role", "first_date"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.unit}"
