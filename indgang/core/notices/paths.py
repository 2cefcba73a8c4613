# SPDX-License-Identifier: MPL-2.0
"""A table of fields and their paths, compiled into one walk that touches only the branches it needs.

A path is written as in the eForms SDK's `fields.json`, from the part's own element down:

    cac:ProcurementProject/cbc:Name
    cbc:NoticeTypeCode/@listName
    cbc:ProcurementTypeCode[@listName='social-objective']       only elements with that list
    cbc:Description{conditions}                                 only right after a code of that list

One walk in Python visits a notice in half the time that one XPath query per field takes.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element as Element

from indgang.core.notices.values import Unreadable, code

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
}
EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension/"

Read = Callable[[Element], Any]
Step = Callable[[Element, Any, list[str]], None]
"""What to do at an element: keep something in the target, or go on below."""
Visit = Callable[[Iterable[Element], Any, list[str]], None]


@dataclass(frozen=True)
class Field:
    """One value: its number in eForms, the attribute it is kept in, its path, and how it is read.

    `many` collects every code in a tuple; otherwise the first one stands, unless a later one is in
    Danish (`languageID`) or the field `refines` what an earlier field read. `codelist` names its code list.
    """

    number: str
    name: str
    path: str
    read: Read
    many: bool = False
    refines: bool = False
    codelist: str = ""


@dataclass(frozen=True)
class Part:
    """Something that occurs several times and has fields of its own, kept in a tuple of `make()`.

    `wanted`, when given, is asked with the element and the whole before anything else is read.
    """

    name: str
    path: str
    make: Callable[[], Any]
    fields: "Sequence[Field | Part]"
    wanted: Callable[[Element, Any], bool] | None = None


_CONDITION = re.compile(r"(?P<path>[^\[{]+)(?:\[@listName='(?P<list>[^']+)'\]|\{(?P<after>[^}]+)\})?$")


class _Node:
    """A tag on the way while the tree is built: what to keep there, also by code list, and the tags below."""

    def __init__(self) -> None:
        self.keeps: list[Step] = []
        self.listed: dict[str, Step] = {}
        self.below: dict[str, _Node] = {}

    def step(self) -> Step:
        """Everything that is done at this tag, as one function."""
        steps = list(self.keeps)
        if self.listed:
            steps.append(_by_list(self.listed))
        if self.below:
            steps.append(visitor(self.steps()))
        return steps[0] if len(steps) == 1 else _all_of(steps)

    def steps(self) -> dict[str, Step]:
        return {tag: node.step() for tag, node in self.below.items()}


def compiled(fields: Sequence[Field | Part]) -> dict[str, Step]:
    """What to do at each child of a part's element. Raises ValueError for a path that is not understood."""
    root = _Node()
    for field in fields:
        found = _CONDITION.match(field.path)
        if found is None:
            raise ValueError(f"{field.path} is not a path")
        path, _slash, attribute = found["path"].partition("/@")
        node = root
        for name in path.split("/"):
            node = node.below.setdefault(qualified(name), _Node())
        keep = _keep_part(field) if isinstance(field, Part) else _keep_field(field, attribute)
        if found["list"]:
            node.listed[found["list"]] = keep
        else:
            node.keeps.append(_if_after(found["after"], keep) if found["after"] else keep)
    return root.steps()


def visitor(steps: dict[str, Step]) -> Visit:
    """Take the step of each element that has one; an element stands for its children. What cannot be read is named in `remarks`."""
    step_at = steps.get

    def visit(elements: Iterable[Element], target: Any, remarks: list[str]) -> None:
        for child in elements:
            step = step_at(child.tag)
            if step is not None:
                step(child, target, remarks)

    return visit


def qualified(name: str) -> str:
    """`cbc:ID` as lxml writes it."""
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _keep_field(field: Field, attribute: str) -> Step:
    if attribute:
        return _keep_attribute(field.name, attribute)
    if field.read is code:
        return _keep_codes(field.name) if field.many else _keep_code(field.name)
    return _keep_value(field)


def _keep_attribute(name: str, attribute: str) -> Step:
    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        setattr(target, name, element.get(attribute) or "")

    return keep


def _keep_code(name: str) -> Step:
    """The commonest field by far: a single code or identifier."""

    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        text = element.text
        if text and not getattr(target, name):
            setattr(target, name, text.strip())

    return keep


def _keep_codes(name: str) -> Step:
    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        text = element.text
        if text:
            setattr(target, name, (*getattr(target, name), text.strip()))

    return keep


def _keep_value(field: Field) -> Step:
    name, read, refines = field.name, field.read, field.refines

    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        if not refines and getattr(target, name) and element.get("languageID") != "DAN":
            return
        try:
            value = read(element)
        except Unreadable as trouble:
            remarks.append(f"{field.number}: {trouble}"[:100])
        else:
            if value != "":
                setattr(target, name, value)

    return keep


def _keep_part(part: Part) -> Step:
    name, make, wanted, visit = part.name, part.make, part.wanted, visitor(compiled(part.fields))

    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        if wanted is not None and not wanted(element, target):
            return
        made = make()
        visit(element, made, remarks)
        setattr(target, name, (*getattr(target, name), made))

    return keep


def _by_list(listed: dict[str, Step]) -> Step:
    step_for = listed.get

    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        step = step_for(element.get("listName", ""))
        if step is not None:
            step(element, target, remarks)

    return keep


def _if_after(wanted: str, keep: Step) -> Step:
    def conditional(element: Element, target: Any, remarks: list[str]) -> None:
        before = element.getprevious()
        if before is not None and before.get("listName") == wanted:
            keep(element, target, remarks)

    return conditional


def _all_of(steps: list[Step]) -> Step:
    def take(element: Element, target: Any, remarks: list[str]) -> None:
        for step in steps:
            step(element, target, remarks)

    return take
