# SPDX-License-Identifier: MPL-2.0
"""Reading a case from JSON or YAML, or `-` for standard input."""

import json
import sys
from pathlib import Path

import yaml

from indgang.core.text import Refused, gettext_noop

LARGEST_BYTES = 5_000_000


def read_file(name: str) -> object:
    """The raw content. Raises Refused when it cannot be read, is too large or says a name twice."""
    if name == "-":
        return parse(sys.stdin.read(LARGEST_BYTES + 1), "standard input")
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Refused(_TOO_LARGE, name=name)
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise Refused(_NOT_THERE, name=name) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(_UNREADABLE, name=name) from error
    return parse(text, name)


def parse(text: str, name: str) -> object:
    """JSON or YAML by content; YAML is a superset of the JSON that people write."""
    if len(text) > LARGEST_BYTES:
        raise Refused(_TOO_LARGE, name=name)
    if not text.strip():
        raise Refused(_EMPTY, name=name)
    try:
        if text.lstrip().startswith(("{", "[")):
            return json.loads(text, object_pairs_hook=_unique)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader that refuses doubles
    except (json.JSONDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        line = getattr(error, "lineno", None) or getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise Refused(_BROKEN, name=name, line=line) from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise Refused(_TWICE, key=key)
        seen[key] = value
    return seen


class _Loader(yaml.SafeLoader):
    """Refuses a name that stands twice, where plain YAML would let the last one win silently, and references,
    with which a few lines can stand for more than any memory holds."""

    yaml_implicit_resolvers = {  # a date stays the text that was typed, so that a wrong one is named
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise Refused(_REFERENCE)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise Refused(_TWICE, key=key)
        return super().construct_mapping(node, deep=deep)


_NOT_THERE = gettext_noop("Filen %(name)s findes ikke.")
_UNREADABLE = gettext_noop("Filen %(name)s kan ikke læses som tekst (UTF-8).")
_TOO_LARGE = gettext_noop("%(name)s er for stor: højst 5 MB.")
_EMPTY = gettext_noop("%(name)s er tom.")
_BROKEN = gettext_noop("%(name)s kan ikke læses som JSON eller YAML (omkring linje %(line)s).")
_REFERENCE = gettext_noop("Sagen bruger YAML-henvisninger (& og *). Skriv værdierne ud.")
_TWICE = gettext_noop("„%(key)s“ står to gange samme sted. Slet den ene.")
