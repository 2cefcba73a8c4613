# SPDX-License-Identifier: MPL-2.0
"""The two ways to one's own case: logged in for the enterprise, or by the link in the mail. One set of pages for both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.utils import timezone

from indgang.cases.bundle import bundled
from indgang.cases.models import Case, Participant
from indgang.cases.permissions import FOLLOW
from indgang.cases.queries import visible_to
from indgang.core.text import Refused, gettext_noop
from indgang.kernel.access import Principal
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works

BY_LINK = Limit("follow", per="link", times=120, seconds=300, reading=True)
UNLOCKED_FOR = timedelta(hours=4)
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Way:
    """Who came to which case. `base` is the address under which its pages lie; messages, files and forms are there only
    when `unlocked`: somebody has logged in, or has shown a code from the mail. By log-in `person` may be None until the
    first word; `token` is empty then."""

    by: Principal
    case: Case
    person: Participant | None
    base: str
    unlocked: bool
    token: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether it is known that they speak for the enterprise."""
        return not self.token or (self.person is not None and self.person.confirmed_at is not None)


def their_own(*limits: Limit) -> Callable[[View], View]:
    """Hand the view the `Way`. Strangers get 404, a dead link says so, and who is not logged in is asked to."""

    def mark(view: View) -> View:
        @limited(BY_LINK, *limits)
        @wraps(view)
        def guarded(
            request: Request, *args: object, token: str = "", case_id: int = 0, **kwargs: object
        ) -> HttpResponse:
            if not token and request.principal.user_id is None:
                return redirect_to_login(request.get_full_path())
            way = _by_link(request, token) if token else _logged_in(request, case_id)
            return view(request, way, *args, **kwargs)

        return guarded

    return mark


def _logged_in(request: Request, case_id: int) -> Way:
    by = request.principal
    rows = bundled(visible_to(by)).filter(organisation_id__in=by.organisations, kind=Case.Kind.CONTACT)
    case: Case = found(rows.filter(pk=case_id).first())
    if case.merged_into_id is not None:
        case = found(rows.filter(pk=case.merged_into_id).first())
    person = Participant.objects.filter(case=case, email__iexact=request.user.email, left_at=None).first()  # type: ignore[union-attr]
    return Way(by, case, person, f"/jeres/henvendelser/{case.pk}/", unlocked=True)


def _by_link(request: Request, token: str) -> Way:
    link = find_link(token, FOLLOW)
    if link is None:
        raise Http404
    person = Participant.objects.select_related("case").filter(pk=link.subject_id, left_at=None).first()
    if person is None or not works(link, now=timezone.now()):
        raise Refused(
            gettext_noop("Linket virker ikke mere. Skriv eller ring til kommunen, hvis du mangler noget.")
        )
    number = person.case.merged_into_id if person.confirmed_at else None
    case = bundled(Case.objects.all()).get(pk=number or person.case_id)
    base = f"/l/henvendelse/{token}/"
    return Way(principal_of(link), case, person, base, _has_shown_a_code(request, person), token)


def _has_shown_a_code(request: Request, person: Participant) -> bool:
    """Whether this browser has shown a code for the person within four hours."""
    until = request.session.get("unlocked", {}).get(str(person.pk))
    return until is not None and datetime.fromisoformat(until) > timezone.now()
