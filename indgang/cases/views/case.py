# SPDX-License-Identifier: MPL-2.0
"""One case as staff see it: the next thing to do on top, then the timeline."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indgang.cases import attachments
from indgang.cases.actions import work
from indgang.cases.bundle import bundled
from indgang.cases.forms import WriteForm
from indgang.cases.models import Case, EntryFile
from indgang.cases.pages import case_page
from indgang.cases.queries import lines_for, lines_of, visible_to
from indgang.core.text import Refused, gettext_noop
from indgang.kernel import files
from indgang.kernel.http import Request, found, staff
from indgang.kernel.models import StoredFile, Unit


def sought(request: Request, case_id: int) -> Case:
    """The case among those in sight, with what its page needs; 404 for strangers."""
    case: Case = found(bundled(visible_to(request.principal)).filter(pk=case_id).first())
    return case


@require_safe
@staff()
def case(request: Request, case_id: int) -> HttpResponse:
    row = sought(request, case_id)
    if row.merged_into_id is not None:
        return redirect("case", row.merged_into_id)
    return _case_page(request, row, WriteForm())


def _case_page(request: Request, row: Case, form: WriteForm) -> HttpResponse:
    return render(
        request, "cases/case.html", case_page(request.principal, row, form, request.GET.get("side"))
    )


@staff()
@require_http_methods(["GET", "POST"])
def write(request: Request, case_id: int) -> HttpResponse:
    """An answer, a call or a note."""
    row = sought(request, case_id)
    form = WriteForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        ready = form.is_valid()
        kept = attachments.gather(request.principal, form, now=timezone.now())
        if ready and not form.errors:
            try:
                _written(request, row, form, kept)
                attachments.let_go(kept)
                return redirect("case", case_id)
            except Refused as refusal:
                form.refuse(refusal)
    if request.method == "GET":
        return redirect("case", case_id)
    return _case_page(request, row, form)


def _written(request: Request, row: Case, form: WriteForm, kept: list[StoredFile]) -> None:
    by, now, text, kind = (
        request.principal,
        timezone.now(),
        form.cleaned_data["text"],
        form.cleaned_data["kind"],
    )
    if kind == form.ANSWER:
        work.answer(by, row, text, files=kept, now=now)
        messages.success(request, _("Svaret er sendt."))
    elif kept:
        raise Refused(
            gettext_noop("Filer kan kun sendes med et svar. Vælg «Svar til dem», eller fjern filen.")
        )
    elif kind in (form.CALL, form.MISSED):
        work.note_call(by, row, text, reached=kind == form.CALL, now=now)
        messages.success(request, _("Samtalen er skrevet ned."))
    else:
        unit = Unit.objects.filter(pk__in=by.units).order_by("pk").first() if kind == form.UNIT_NOTE else None
        work.note(by, row, text, only_unit=unit, now=now)
        messages.success(request, _("Noten er gemt. Kun kommunens egne kan læse den."))


@staff()
@require_POST
def read(request: Request, case_id: int) -> HttpResponse:
    """What came in asks for no answer."""
    work.needs_no_answer(request.principal, sought(request, case_id), now=timezone.now())
    return redirect("case", case_id)


@require_safe
@staff()
def file(request: Request, case_id: int, file_id: int) -> HttpResponse:
    row = found(visible_to(request.principal).filter(pk=case_id).first())
    lines = lines_for(request.principal, lines_of(row)).values("pk")
    kept: EntryFile = found(
        EntryFile.objects.select_related("file").filter(entry_id__in=lines, pk=file_id).first()
    )
    return files.download(kept.file)
