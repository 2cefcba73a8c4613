# SPDX-License-Identifier: MPL-2.0
"""What may be bought on an agreement, for how much, and what has been called off."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indgang.agreements.models.agreement import Agreement
from indgang.directory.models import Organisation
from indgang.kernel.models import Duty, Owned
from indgang.procurement.models import Decision, Order


class PurchaseTerms(Owned):
    """Whom is bought from, up to which sum, and why it is lawful: an award, or a reasoned direct purchase."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="terms")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("leverandør"), on_delete=models.PROTECT, related_name="+"
    )
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.TextField(_("hvad kan købes"))
    legal_basis = models.CharField(_("hvorfor det er lovligt"), max_length=500)
    cpv_code = models.CharField(_("CPV-kode"), max_length=8, blank=True)
    limit_oere = models.PositiveBigIntegerField(_("højst for, øre uden moms"))
    how_to_order = models.CharField(_("værd at vide, når man bestiller"), max_length=500, blank=True)
    limit_warning = models.OneToOneField(
        Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("indkøbsvilkår")
        verbose_name_plural = _("indkøbsvilkår")
        constraints = [
            models.CheckConstraint(condition=~Q(legal_basis=""), name="purchase_terms_say_why_lawful"),
            models.CheckConstraint(condition=Q(limit_oere__gt=0), name="purchase_terms_have_a_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.organisation}"


class PriceLine(Owned):
    """One thing with a price. A price that changes is a new line; the old one stays for what was ordered on it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="prices")
    text = models.CharField(_("hvad"), max_length=150)
    per = models.CharField(_("pr."), max_length=30)
    price_oere = models.PositiveBigIntegerField(_("pris i øre uden moms"))
    ended_at = models.DateTimeField(_("gælder ikke mere fra"), null=True, blank=True)

    class Meta:
        verbose_name = _("prislinje")
        verbose_name_plural = _("prislinjer")

    def __str__(self) -> str:
        return self.text


class CallOff(Owned):
    """An order on an agreement. What is called off counts against the limit until it turns out less was delivered."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="call_offs")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="call_off")

    class Meta:
        verbose_name = _("træk på aftale")
        verbose_name_plural = _("træk på aftaler")

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.order_id}"


class CallOffLine(Owned):
    """How many of what, at the price of that day."""

    call_off = models.ForeignKey(CallOff, on_delete=models.CASCADE, related_name="lines")
    price = models.ForeignKey(PriceLine, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("antal"))

    class Meta:
        verbose_name = _("linje i træk")
        verbose_name_plural = _("linjer i træk")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="call_off_line_has_a_quantity")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.price}"
