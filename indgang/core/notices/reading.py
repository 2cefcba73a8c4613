# SPDX-License-Identifier: MPL-2.0
"""Read one notice from bytes that nobody vouches for.

The parser resolves no entities, loads no DTD and opens no connection; a document type is refused outright, so
that neither external entities nor nested ones ("billion laughs") get a say. libxml2's own limits on depth
(256 levels) and on the size of a text (10 MB) stay on. A large file is read in pieces and forgotten piece by
piece.
"""

from io import BytesIO
from typing import Any

from lxml import etree

from indgang.core.notices.fields import STEPS
from indgang.core.notices.notice import Notice, Organisation
from indgang.core.notices.paths import visitor
from indgang.core.text import Refused, gettext_noop

LARGEST_FILE = 20_000_000  # bytes; the largest notice in the SDK's examples has 1.8 MB
IN_PIECES_FROM = 1_000_000
KNOWN_ROOTS = frozenset(
    f"{{urn:oasis:names:specification:ubl:schema:xsd:{name}-2}}{name}"
    for name in ("ContractNotice", "PriorInformationNotice", "ContractAwardNotice")
)
OLD_FORMATS = ("TED_EXPORT", "TED_ESENDERS")
LONGEST_ID = 64
GROUP_OF_LOTS = "LotsGroup"  # names lots that may be bid for together; it is not one itself

_SAFE: Any = {
    "collect_ids": False,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
}
_PARSER = etree.XMLParser(remove_blank_text=True, remove_comments=True, remove_pis=True, **_SAFE)
_visit = visitor(STEPS)
_FIRST_BYTES = 2_000


class Broken(Refused):
    """The file is not a notice that can be read; the sentence says why."""


def read_notice(content: bytes) -> Notice:
    """The notice in an eForms file (SDK 1.x). Raises Broken."""
    if len(content) > LARGEST_FILE:
        raise Broken(
            gettext_noop("Filen er for stor: højst %(limit)d MB læses."), limit=LARGEST_FILE // 1_000_000
        )
    if not content.strip():
        raise Broken(gettext_noop("Filen er tom."))
    _refuse_document_type(content)
    notice, remarks = Notice(), list[str]()
    try:
        if len(content) < IN_PIECES_FROM:
            _read_whole(content, notice, remarks)
        else:
            _read_in_pieces(content, notice, remarks)
    except etree.XMLSyntaxError as trouble:
        raise Broken(
            gettext_noop("Filen er ikke gyldig XML (linje %(line)s)."), line=trouble.lineno or "?"
        ) from trouble
    if not 0 < len(notice.notice_id) <= LONGEST_ID:
        raise Broken(gettext_noop("Bekendtgørelsen har intet ID, der kan bruges (BT-701)."))
    notice.remarks = tuple(remarks)
    notice.version = notice.version or 1
    notice.lots = tuple(lot for lot in notice.lots if lot.scheme != GROUP_OF_LOTS)
    _forget_numbers_of_people(notice.organisations)
    return notice


def _read_whole(content: bytes, notice: Notice, remarks: list[str]) -> None:
    root = etree.fromstring(content, _PARSER)
    _check(root)
    children = list(root)
    if not children:
        return
    children.append(children.pop(0))  # the extensions last: they hold organisations that the rest refers to
    _visit(children, notice, remarks)


def _read_in_pieces(content: bytes, notice: Notice, remarks: list[str]) -> None:
    """Each child of the root is read when it ends, and cleared; the extensions wait for the rest."""
    events = etree.iterparse(
        BytesIO(content), events=("start", "end"), remove_comments=True, remove_pis=True, **_SAFE
    )
    depth, root, extensions = 0, None, None
    for event, element in events:
        if event == "start":
            if root is None:
                root = element
                _check(root)
            depth += 1
            continue
        depth -= 1
        if depth == 1 and extensions is None:
            extensions = element
        elif depth == 1:
            _visit((element,), notice, remarks)
            _forget(element)
    if extensions is not None:
        _visit((extensions,), notice, remarks)


def _forget(element: etree._Element) -> None:
    """Free what has been read; a single value stays one step longer, for a time that refines its day."""
    if len(element):
        element.clear()
    parent, before = element.getparent(), element.getprevious()
    if parent is not None and before is not None and before is not parent[0]:
        parent.remove(before)


def _refuse_document_type(content: bytes) -> None:
    """No notice has a document type. It stands before the root, in an encoding that we can read."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise Broken(gettext_noop("Filen skal være i UTF-8, som eForms kræver."))
    if content.find(b"<!DOCTYPE", 0, _FIRST_BYTES) >= 0:
        raise Broken(
            gettext_noop("Filen definerer egne entiteter (DOCTYPE). Det har en bekendtgørelse aldrig.")
        )


def _check(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Broken(
            gettext_noop("Filen definerer egne entiteter (DOCTYPE). Det har en bekendtgørelse aldrig.")
        )
    if root.tag in KNOWN_ROOTS:
        return
    name = etree.QName(root)
    if name.localname in OLD_FORMATS:
        raise Broken(
            gettext_noop("Filen er i EU's gamle format fra før eForms. Hent bekendtgørelsen som eForms.")
        )
    raise Broken(
        gettext_noop("Filen er ikke en bekendtgørelse i eForms (den begynder med %(name)s)."),
        name=name.localname[:60],
    )


def _forget_numbers_of_people(organisations: tuple[Organisation, ...]) -> None:
    """A person's number may be a personal one; it is not needed."""
    for organisation in organisations:
        if organisation.is_person:
            organisation.number = ""
