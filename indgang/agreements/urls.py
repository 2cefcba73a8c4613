# SPDX-License-Identifier: MPL-2.0
"""Addresses of agreements."""

from django.urls import path

from indgang.agreements.purchase import papers
from indgang.agreements.purchase import views as purchase

app_name = "agreements"
urlpatterns = [
    path("indkoebskatalog/", purchase.shelf, name="catalogue"),
    path("indkoebskatalog/ny/", papers.new, name="new_purchase"),
    path("indkoebskatalog/<int:agreement_id>/", purchase.purchase, name="purchase"),
    path("indkoebskatalog/<int:agreement_id>/bestil/", purchase.order, name="call_off"),
    path("indkoebskatalog/<int:agreement_id>/pris/", purchase.add_price, name="add_price"),
    path("indkoebskatalog/<int:agreement_id>/pris/<int:line_id>/slut/", purchase.end_price, name="end_price"),
    path("indkoebskatalog/<int:agreement_id>/graense/", purchase.limit_seen, name="limit_seen"),
    path("indkoebskatalog/<int:agreement_id>/underskrift/", papers.sign, name="sign"),
    path("indkoebskatalog/<int:agreement_id>/til-underskrift.pdf", papers.to_sign, name="to_sign"),
    path("indkoebskatalog/<int:agreement_id>/aftale.pdf", papers.signed, name="signed"),
    path("indkoebskatalog/<int:agreement_id>/forlaeng/", papers.prolong, name="prolong"),
    path("indkoebskatalog/<int:agreement_id>/opsig/", papers.end, name="end_purchase"),
    path("indkoebskatalog/ordre/<int:order_id>/", purchase.placed, name="order"),
    path("indkoebskatalog/ordre/<int:order_id>/leveret/", purchase.delivered, name="delivered"),
    path("indkoebskatalog/ordre/<int:order_id>/betalt/", purchase.paid, name="paid"),
    path("indkoebskatalog/ordre/<int:order_id>/ordre.pdf", papers.order_file, name="order_file"),
    path("l/ordre/<str:token>/", papers.order_by_link, name="order_by_link"),
]
