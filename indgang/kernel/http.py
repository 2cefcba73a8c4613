# SPDX-License-Identifier: MPL-2.0
"""The request as every view sees it, and the guards that stand in front of views."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from indgang.kernel.access import Principal
from indgang.kernel.models import Municipality, Role

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """What the middleware adds. Only a type: the object is Django's own."""

    principal: Principal
    municipality: Municipality
    htmx: "HtmxDetails"
    address: str
    number: str


P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def logged_in(view: View[P]) -> View[P]:
    """Send strangers to the log-in page and back again."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.principal.user_id is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return cast(View[P], guarded)


def staff(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Only for people with a post here, in one of `roles` when any is named. Others get 404."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            principal = request.principal
            if principal.user_id is None:
                return redirect_to_login(request.get_full_path())
            if not principal.works_here or (roles and not principal.holds(*roles)):
                raise Http404
            return view(request, *args, **kwargs)

        return cast(View[P], guarded)

    return guard


def found(row: Any) -> Any:
    """`row`, or 404 when it is None: what is not in sight does not exist."""
    if row is None:
        raise Http404
    return row
