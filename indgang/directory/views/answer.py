# SPDX-License-Identifier: MPL-2.0
"""The enterprise answers: yes, still right, correct, or remove. Looking changes nothing; each button is one POST."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from indgang.directory.actions import consent, freshness, people, status
from indgang.directory.letters import source_sentence
from indgang.directory.models import Organisation
from indgang.directory.profile import read_profile
from indgang.directory.queries import main_contact, visible_to
from indgang.directory.views.own import base_of, own
from indgang.kernel.http import Request


@require_safe
@own
def invitation(request: Request, organisation: Organisation) -> HttpResponse:
    """What the link in the mail opens: the profile as others will see it, and three buttons."""
    rows = visible_to(request.principal).filter(pk=organisation.pk)
    profile = read_profile(request.principal, rows, today=timezone.localdate())
    context = {
        "organisation": organisation,
        "profile": profile,
        "base": base_of(request),
        "source": source_sentence(organisation, _),
    }
    return render(request, "directory/invitation.html", context)


@require_POST
@own
def yes(request: Request, organisation: Organisation) -> HttpResponse:
    consent.say_yes(request.principal, organisation, now=timezone.now())
    return redirect(f"{base_of(request)}tak/")


@require_POST
@own
def still_right(request: Request, organisation: Organisation) -> HttpResponse:
    freshness.confirm(request.principal, organisation, now=timezone.now())
    messages.success(request, _("Tak. Profilen er bekræftet i dag."))
    return redirect(f"{base_of(request)}ret/")


@require_safe
@own
def thanks(request: Request, organisation: Organisation) -> HttpResponse:
    contact = main_contact(organisation.pk)
    context = {"organisation": organisation, "base": base_of(request), "contact": contact}
    return render(request, "directory/thanks.html", context)


@require_POST
@own
def get_log_in(request: Request, organisation: Organisation) -> HttpResponse:
    """The one we write to gets an account, so that the link is not needed next time."""
    contact = main_contact(organisation.pk)
    if contact is not None:
        people.give_log_in(request.principal, contact, now=timezone.now())
        messages.success(
            request, _("Vi har sendt en mail til %(email)s med et link.") % {"email": contact.email}
        )
    return redirect(f"{base_of(request)}ret/")


@own
def remove(request: Request, organisation: Organisation) -> HttpResponse:
    """A page that says what goes and what stays; its button removes."""
    if request.method == "POST":
        consent.remove(request.principal, organisation, now=timezone.now())
        return render(request, "directory/removed.html", {"name": organisation.name})
    return render(request, "directory/remove.html", {"organisation": organisation, "base": base_of(request)})


@require_POST
@own
def declare(request: Request, organisation: Organisation) -> HttpResponse:
    status.declare(request.principal, organisation, now=timezone.now())
    messages.success(request, _("Det står nu på profilen, at I selv erklærer jer socialøkonomiske."))
    return redirect(f"{base_of(request)}ret/")


@require_POST
@own
def undeclare(request: Request, organisation: Organisation) -> HttpResponse:
    fact = organisation.status_facts.filter(kind="self_declared", ended_at=None).first()
    if fact is not None:
        status.end_status(request.principal, fact, now=timezone.now())
    return redirect(f"{base_of(request)}ret/")
