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
Keep = Callable[[Element, Any, list[str]], None]
Step = tuple[str, Keep | None, "Branch | None"]
Branch = dict[str, Step]
"""At a tag: the attribute for its bare text, what else to keep, what to do below."""
NOTHING: Step = ("", None, None)


@dataclass(frozen=True)
class Field:
    """One value: its number in eForms, the attribute it is kept in, its path, and how it is read.

    `many` collects every occurrence in a tuple; otherwise the first one stands, unless a later one is in
    Danish (`languageID`). `codelist` names the list of its codes.
    """

    number: str
    name: str
    path: str
    read: Read
    many: bool = False
    codelist: str = ""


@dataclass(frozen=True)
class Part:
    """Something that occurs several times and has fields of its own, kept in a tuple of `make()`."""

    name: str
    path: str
    make: Callable[[], Any]
    fields: "Sequence[Field | Part]"


_CONDITION = re.compile(r"(?P<path>[^\[{]+)(?:\[@listName='(?P<list>[^']+)'\]|\{(?P<after>[^}]+)\})?$")


def compiled(fields: Sequence[Field | Part]) -> Branch:
    """The tree of steps for a table of fields. Raises ValueError for a path that is not understood."""
    root: Branch = {}
    for field in fields:
        found = _CONDITION.match(field.path)
        if found is None:
            raise ValueError(f"{field.path} is not a path")
        path, _slash, attribute = found["path"].partition("/@")
        names = [qualified(name) for name in path.split("/")]
        if isinstance(field, Part):
            _plant(root, names, "", _keep_part(field))
        elif field.read is code and not (field.many or attribute or found["list"] or found["after"]):
            _plant(root, names, field.name, None)
        else:
            keep = _keep_attribute(field.name, attribute) if attribute else _keep_value(field)
            keep = _if_list(found["list"], keep) if found["list"] else keep
            keep = _if_after(found["after"], keep) if found["after"] else keep
            _plant(root, names, "", keep)
    return root


def _plant(branch: Branch, names: list[str], name: str, keep: Keep | None) -> None:
    tag, below = names[0], names[1:]
    bare, kept, deeper = branch.get(tag, NOTHING)
    if below:
        deeper = {} if deeper is None else deeper
        _plant(deeper, below, name, keep)
    elif keep is None:
        bare = name
    else:
        kept = keep if kept is None else _both(kept, keep)
    branch[tag] = (bare, kept, deeper)


def walk(element: Iterable[Element], branch: Branch, target: Any, remarks: list[str]) -> None:
    """Fill `target` from the children of `element` (or the elements themselves); what cannot be read is named in `remarks`."""
    step_at = branch.get
    for child in element:
        step = step_at(child.tag)
        if step is not None:
            bare, keep, below = step
            if bare:
                text = child.text
                if text and not getattr(target, bare):
                    setattr(target, bare, text.strip())
            if keep is not None:
                keep(child, target, remarks)
            if below is not None:
                walk(child, below, target, remarks)


def qualified(name: str) -> str:
    """`cbc:ID` as lxml writes it."""
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _keep_attribute(name: str, attribute: str) -> Keep:
    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        setattr(target, name, element.get(attribute) or "")

    return keep


def _keep_value(field: Field) -> Keep:
    name, read, many = field.name, field.read, field.many

    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        before = getattr(target, name)
        if before and not many and element.get("languageID") != "DAN":
            return
        try:
            value = read(element)
        except Unreadable as trouble:
            remarks.append(f"{field.number}: {trouble}"[:100])
        else:
            if value != "":
                setattr(target, name, (*before, value) if many else value)

    return keep


def _keep_part(part: Part) -> Keep:
    name, make, branch = part.name, part.make, compiled(part.fields)

    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        made = make()
        walk(element, branch, made, remarks)
        setattr(target, name, (*getattr(target, name), made))

    return keep


def _if_list(wanted: str, keep: Keep) -> Keep:
    def conditional(element: Element, target: Any, remarks: list[str]) -> None:
        if element.get("listName") == wanted:
            keep(element, target, remarks)

    return conditional


def _if_after(wanted: str, keep: Keep) -> Keep:
    def conditional(element: Element, target: Any, remarks: list[str]) -> None:
        before = element.getprevious()
        if before is not None and before.get("listName") == wanted:
            keep(element, target, remarks)

    return conditional


def _both(first: Keep, second: Keep) -> Keep:
    def keep(element: Element, target: Any, remarks: list[str]) -> None:
        first(element, target, remarks)
        second(element, target, remarks)

    return keep
