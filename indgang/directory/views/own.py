# SPDX-License-Identifier: MPL-2.0
"""One way in to a profile's own pages: logged in, or by the enterprise's signed link."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from indgang.directory.models import Organisation
from indgang.directory.permissions import PURPOSE, keeps, speaks
from indgang.directory.queries import visible_to
from indgang.kernel.database.tenancy import set_tenant
from indgang.kernel.http import Request, found
from indgang.kernel.limits import Limit, limited
from indgang.kernel.links import find_link, principal_of, works

BY_LINK = Limit("enterprise-link", per="link", times=300, seconds=300, reading=True)
View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Let in whoever may edit the profile, and hand the view the enterprise and `request.base`, the address under
    which its pages lie: `/virksomheder/12/` or `/l/virksomhed/…/`. Strangers get 404, a dead link says so."""

    @limited(BY_LINK)
    @wraps(view)
    def guarded(
        request: Request, *args: object, organisation_id: int = 0, token: str = "", **kwargs: object
    ) -> HttpResponse:
        if token:
            if not _enter_by_link(request, token):
                return render(request, "directory/link_dead.html", status=410)
            organisation_id, base = request.principal.subject_id or 0, f"/l/virksomhed/{token}/"
        else:
            base = f"/virksomheder/{organisation_id}/"
            if request.principal.user_id is None:
                return redirect_to_login(request.get_full_path())
        organisation: Organisation = found(
            visible_to(request.principal).select_related("kept_by").filter(pk=organisation_id).first()
        )
        if not (speaks(request.principal, organisation) or keeps(request.principal, organisation)):
            found(None)
        request.base = base  # type: ignore[attr-defined]
        return view(request, organisation, *args, **kwargs)

    return guarded


def base_of(request: Request) -> str:
    """The address under which the profile's own pages lie in this request."""
    return str(getattr(request, "base", "/"))


def _enter_by_link(request: Request, token: str) -> bool:
    """Become the one who came by the link; False when it no longer works. Unknown links are 404."""
    link = found(find_link(token, PURPOSE))
    if not works(link, now=timezone.now()):
        return False
    request.principal = principal_of(link, organisations=frozenset({link.subject_id}))
    set_tenant(link.municipality_id, organisations=[link.subject_id])
    return True
