# SPDX-License-Identifier: MPL-2.0
"""What every calculation on a page consists of: a small form, the sum itself, and the rules it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from indgang.core.law.figures import Figures
from indgang.core.text import Reason
from indgang.kernel.ui.forms import DayField, Form


class DayForm(Form):
    """The base of the forms: the figures of which day."""

    on = DayField(label=_("Dag"), help_text=_("Tallene er dem, der gælder den dag."))

    @classmethod
    def start(cls) -> dict[str, object]:
        """What stands in the form at first."""
        return {"on": timezone.localdate()}


@dataclass(frozen=True)
class Worked:
    """The outcome: a sentence, whether it is good news (`good`, `stop`, `doubt` or plain), and the steps."""

    headline: Reason
    steps: tuple[Reason, ...]
    tone: str = ""
    note: Reason | None = None


Said = Mapping[str, Any]


@dataclass(frozen=True)
class Calculation:
    """One page. `rules` name the rules of the pack; `example` is a filled-in form that works."""

    slug: str
    title: Promise
    lead: Promise
    icon: str
    form: type[DayForm]
    work: Callable[[Figures, date, Said], Worked]
    rules: tuple[str, ...]
    example: Mapping[str, str]
