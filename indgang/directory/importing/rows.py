# SPDX-License-Identifier: MPL-2.0
"""Judging each line of a list: a row that can become a draft, or reasons why not."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from indgang.core.cpr import holds_cpr
from indgang.core.text import Reason, Refused, gettext_noop
from indgang.directory import numbers
from indgang.directory.importing.columns import fold
from indgang.directory.importing.reading import Grid, Line
from indgang.directory.vocabulary import LEGAL_FORMS, JobType, TargetGroup

MOST_TEXT = 3_000
Municipality = Callable[[str, str], int | None]
"""From what stands in the municipality's column, and the town, to a municipality code."""


@dataclass(frozen=True)
class Row:
    """One line in our own words. Amounts are whole kroner."""

    number: int
    name: str
    text: str
    town: str
    municipality_code: int
    contact_name: str
    contact_email: str = ""
    contact_phone: str = ""
    contact_role: str = ""
    cvr_number: str = ""
    p_number: str = ""
    street: str = ""
    postal_code: str = ""
    legal_form: str = ""
    website: str = ""
    target_groups: tuple[str, ...] = ()
    job_types: tuple[str, ...] = ()
    capacity_a_week: int | None = None
    smallest_dkk: int | None = None
    largest_dkk: int | None = None
    lead_days: int | None = None
    cells: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Rejected:
    """A line that was left out, with every reason at once. Cells that hold a personal number are blanked."""

    number: int
    reasons: tuple[Reason, ...]
    cells: tuple[str, ...] = field(default=(), repr=False)


def rows_from(
    grid: Grid, columns: Mapping[str, Sequence[int]], *, municipality: Municipality
) -> Iterator[Row | Rejected]:
    """Judge line by line. `columns` says which columns hold what; `municipality` finds the code of a place."""
    seen: dict[str, int] = {}
    for line in grid.lines:
        yield _judge(line, columns, municipality, seen)


def _judge(
    line: Line, columns: Mapping[str, Sequence[int]], municipality: Municipality, seen: dict[str, int]
) -> Row | Rejected:
    reading = _Reading(line, columns)
    if reading.has_cpr:
        return Rejected(line.number, (_CPR,), reading.without_cpr())
    row = reading.row(municipality)
    key = f"cvr {row.cvr_number}" if row.cvr_number else f"{fold(row.name)}|{fold(row.town)}"
    if not reading.troubles and key in seen:
        reading.troubles.append(
            Reason(gettext_noop("Virksomheden står også på linje %(number)d."), {"number": seen[key]})
        )
    if reading.troubles:
        return Rejected(line.number, tuple(reading.troubles), line.cells)
    seen[key] = line.number
    return row


class _Reading:
    """One line while it is read: what it says, and what is wrong with it."""

    def __init__(self, line: Line, columns: Mapping[str, Sequence[int]]) -> None:
        self.line, self.columns = line, columns
        self.troubles: list[Reason] = []
        self._numbers = {n for key in _IDENTIFIERS for n in columns.get(key, ())}

    @property
    def has_cpr(self) -> bool:
        return any(self._is_cpr(n, cell) for n, cell in enumerate(self.line.cells))

    def _is_cpr(self, number: int, cell: str) -> bool:
        """Identifiers have formats of their own and are judged there; everything else is free text."""
        return number not in self._numbers and holds_cpr(cell)

    def without_cpr(self) -> tuple[str, ...]:
        return tuple("" if self._is_cpr(n, cell) else cell for n, cell in enumerate(self.line.cells))

    def get(self, key: str, most: int = 150) -> str:
        cells = [self.line.cells[n] for n in self.columns.get(key, ()) if n < len(self.line.cells)]
        told = list(dict.fromkeys(cell for cell in cells if cell))
        return ". ".join(part.rstrip(". ") for part in told)[:most] if len(told) > 1 else "".join(told)[:most]

    def must(self, key: str, missing: str, most: int = 150) -> str:
        value = self.get(key, most)
        if not value:
            self.troubles.append(Reason(missing))
        return value

    def row(self, municipality: Municipality) -> Row:
        email, phone = self._email(), numbers.phone_number(self.get("contact_phone"))
        if not email and not phone:
            self.troubles.append(Reason(gettext_noop("Telefon eller e-mail mangler.")))
        return Row(
            number=self.line.number,
            name=self.must("name", gettext_noop("Navnet mangler.")),
            text=self.must("text", gettext_noop("Der står ikke, hvad virksomheden sælger."), MOST_TEXT),
            town=self.must("town", gettext_noop("Byen mangler."), 60),
            municipality_code=self._municipality(municipality),
            contact_name=self.must("contact_name", gettext_noop("Kontaktpersonen mangler."), 100),
            contact_email=email,
            contact_phone=phone,
            contact_role=self.get("contact_role", 60),
            cvr_number=self._number("cvr_number", numbers.cvr_number),
            p_number=self._number("p_number", numbers.p_number),
            street=self.get("street"),
            postal_code=self._postal_code(),
            legal_form=self._legal_form(),
            website=self._website(),
            target_groups=_chosen(self.get("target_groups", 500), _TARGET_GROUPS),
            job_types=_chosen(self.get("job_types", 500), _JOB_TYPES),
            capacity_a_week=self._amount("capacity_a_week"),
            smallest_dkk=self._amount("smallest_dkk"),
            largest_dkk=self._amount("largest_dkk"),
            lead_days=self._amount("lead_days", 365),
            cells=self.line.cells,
        )

    def _number(self, key: str, read: Callable[[str], str]) -> str:
        text = self.get(key)
        try:
            return read(text) if text else ""
        except Refused as refusal:
            self.troubles.append(refusal.reason)
            return ""

    def _email(self) -> str:
        text = re.split(r"[;,\s]+", self.get("contact_email").removeprefix("mailto:"))[0].lower()
        try:
            if text:
                validate_email(text)
        except ValidationError:
            self.troubles.append(
                Reason(gettext_noop("E-mailadressen «%(email)s» er ikke rigtig skrevet."), {"email": text})
            )
            return ""
        return text

    def _municipality(self, find: Municipality) -> int:
        text = self.get("municipality")
        code = find(text, self.get("town", 60))
        if code is None:
            self.troubles.append(
                Reason(gettext_noop("Der er ingen kommune, der hedder «%(name)s»."), {"name": text})
            )
        return code or 0

    def _postal_code(self) -> str:
        found = re.search(r"(?<!\d)\d{4}(?!\d)", self.get("postal_code") or self.get("town"))
        return found.group() if found else ""

    def _legal_form(self) -> str:
        text = fold(self.get("legal_form"))
        return next((form for form in LEGAL_FORMS if fold(form) == text), "") if text else ""

    def _website(self) -> str:
        text = self.get("website", 200)
        if not text or " " in text or "." not in text:
            return ""
        return text if text.startswith(("http://", "https://")) else f"https://{text}"

    def _amount(self, key: str, most: int = 2_000_000_000) -> int | None:
        text = self.get(key)
        if not text:
            return None
        amount = danish_number(text)
        if amount is None or not 0 <= amount <= most:
            self.troubles.append(
                Reason(
                    gettext_noop("«%(text)s» er ikke et tal, vi kan læse. Skriv fx 1.250."), {"text": text}
                )
            )
            return None
        return round(amount)


def danish_number(text: str) -> float | None:
    """A number as Danes write it: 1.250 · 1.250,50 · 1250 · 1 250 kr. None when it is none."""
    plain = re.sub(r"(?i)\s|kr\.?$|dkk$|stk\.?$|\u00a0", "", text.strip())
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", plain) or re.fullmatch(r"-?\d+,\d+", plain):
        return float(plain.replace(".", "").replace(",", "."))
    return float(plain) if re.fullmatch(r"-?\d+(\.\d{1,2})?", plain) else None


_IDENTIFIERS = ("cvr_number", "p_number", "contact_phone", "postal_code")
_CPR = Reason(
    gettext_noop(
        "Linjen indeholder noget, der ligner et CPR-nummer. Fjern det: Indgang gemmer ikke CPR-numre."
    )
)
_JOB_TYPES = {
    "ordinær": JobType.ORDINARY, "ordinært": JobType.ORDINARY, "flex": JobType.FLEX, "fleks": JobType.FLEX,
    "småjob": JobType.SMALL, "løntilskud": JobType.WAGE_SUBSIDY, "skånejob": JobType.WAGE_SUBSIDY,
    "praktik": JobType.WORK_PLACEMENT, "afklaring": JobType.CLARIFICATION, "stu": JobType.STU,
    "103": JobType.SHELTERED_103, "beskyttet": JobType.SHELTERED_103, "104": JobType.ACTIVITY_104,
    "samvær": JobType.ACTIVITY_104, "frivillig": JobType.VOLUNTEER,
}  # fmt: skip
_TARGET_GROUPS = {
    "psykisk": TargetGroup.MENTAL, "sindslid": TargetGroup.MENTAL, "autis": TargetGroup.AUTISM,
    "adhd": TargetGroup.AUTISM, "udviklingsh": TargetGroup.COGNITIVE, "fysisk": TargetGroup.PHYSICAL,
    "handicap": TargetGroup.PHYSICAL, "syn": TargetGroup.SENSES, "hørelse": TargetGroup.SENSES, "døv": TargetGroup.SENSES,
    "hjerneskade": TargetGroup.BRAIN_INJURY, "hjemløs": TargetGroup.HOMELESS, "misbrug": TargetGroup.ADDICTION,
    "afhængig": TargetGroup.ADDICTION, "flygtning": TargetGroup.MIGRANTS, "indvandr": TargetGroup.MIGRANTS,
    "etnisk": TargetGroup.WOMEN, "kvinder": TargetGroup.WOMEN, "unge": TargetGroup.YOUNG,
    "langtid": TargetGroup.LONG_TERM, "ledig": TargetGroup.LONG_TERM, "fleks": TargetGroup.FLEX_JOB,
    "førtid": TargetGroup.PENSION, "straffe": TargetGroup.CONVICTED, "kriminel": TargetGroup.CONVICTED,
}  # fmt: skip


def _chosen(text: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Which of our own words a free text means; what we have no word for is left out."""
    plain = text.casefold()
    return tuple(
        dict.fromkeys(value for word, value in words.items() if re.search(rf"\b{re.escape(word)}", plain))
    )
