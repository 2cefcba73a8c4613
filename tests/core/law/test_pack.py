# SPDX-License-Identifier: MPL-2.0
"""The law checked as code: words, figures, sources and seals."""

import csv
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from indgang.core.law import pack as packs
from indgang.core.law.cpv import names as cpv_names
from indgang.core.law.difference import difference
from indgang.core.law.explain import explain
from indgang.core.law.pack import DERIVED, Pack, load, read_pack
from indgang.core.law.sentence import Sentence
from indgang.core.text import Refused
from tests.core.law.case import DAY

PACK = load()
LAW = Path(packs.__file__).parent
FOLDER = LAW / "packs" / PACK.name
SHARED = Path(__file__).resolve().parents[4] / "shared"


def sentences(pack: Pack) -> list[tuple[str, Sentence]]:
    found = [(rule.id, sentence) for rule in pack.rules for sentence in rule.sentences()]
    found += [(key, sentence) for key, sentence in (*pack.documents.items(), *pack.phrases.items())]
    found += [(row.id, row.words) for row in pack.figures.rows]
    found += [(point.id, point.words) for point in pack.points]
    found += [("supplier", test.words) for test in pack.supplier_tests]
    return found


def test_every_rule_has_a_name_of_its_own() -> None:
    assert [rule_id for rule_id, times in Counter(rule.id for rule in PACK.rules).items() if times > 1] == []


def test_every_rule_is_told_in_both_languages() -> None:
    for rule in PACK.rules:
        assert rule.title.da, rule.id
        assert rule.when.da, rule.id
        assert rule.text.da, rule.id
    for where, sentence in sentences(PACK):
        assert bool(sentence.da) is bool(sentence.en), where


def test_doubt_closing_and_warning_are_put_in_words() -> None:
    for rule in PACK.rules:
        assert (rule.uncertain_when is None) or rule.uncertain, rule.id
        assert (rule.warn_when is None) is (not rule.warning), rule.id
        assert all(block.reason for block in rule.blocked), rule.id


def test_every_rule_cites_its_law_and_a_source_or_says_that_none_was_read() -> None:
    for rule in PACK.rules:
        assert rule.statute, rule.id
        assert re.fullmatch(r"[HML](-BK)?", rule.confidence), rule.id
        assert rule.sources or rule.confidence.endswith("BK"), rule.id
        assert (PACK.checked(rule) is None) is (not rule.sources), rule.id


def test_every_source_resolves_and_is_used() -> None:
    used = {key for rule in PACK.rules for key in rule.sources}
    used |= {key for row in PACK.figures.rows for key in row.sources}
    used |= {key for row in PACK.figures.thresholds for key in row.sources}
    assert used == set(PACK.sources)
    for source in PACK.sources.values():
        parts = urlsplit(source.url)
        assert parts.scheme in ("http", "https"), source.key
        assert parts.netloc, source.key
        assert source.owner, source.key
        assert source.review_by > source.read_on, source.key


def test_every_figure_is_used_by_a_rule_a_text_or_a_calculator() -> None:
    read = {name for rule in PACK.rules for condition in rule.conditions() for name in condition.names}
    read |= {name for test in PACK.supplier_tests for name in test.when.names}
    read |= {name for spec in PACK.facts.values() if spec.ask_when for name in spec.ask_when.names}
    code = "\n".join(path.read_text("utf-8") for path in LAW.rglob("*.py"))
    texts = "\n".join(sentence.da for _, sentence in sentences(PACK))
    for name in PACK.figures.names():
        assert name in read or f'"{name}"' in code or f"{{{name}}}" in texts, name


def test_every_text_names_only_what_exists() -> None:
    known = set(PACK.facts) | DERIVED | PACK.figures.names()
    for rule in PACK.rules:
        for sentence in rule.sentences():
            for slot in re.findall(r"\{([\w.]+)\}", sentence.da + sentence.en):
                assert slot in known, (rule.id, slot)


def test_both_languages_hold_the_same_figures() -> None:
    for where, sentence in sentences(PACK):
        danish = {slot.removesuffix("_en") for slot in re.findall(r"\{([\w.]+)\}", sentence.da)}
        english = {slot.removesuffix("_en") for slot in re.findall(r"\{([\w.]+)\}", sentence.en)}
        assert danish == english, where


def test_amounts_are_not_written_into_the_rules_but_named() -> None:
    for rule in PACK.rules:
        for condition in rule.conditions():
            assert set(re.findall(r"\d{2,}", condition.text)) <= {"77", "100", "190"}, rule.id


def test_documents_alternatives_phrases_and_points_exist_and_are_used() -> None:
    ids = {rule.id for rule in PACK.rules}
    assert {key for rule in PACK.rules for key in rule.documents} == set(PACK.documents)
    assert {name for rule in PACK.rules for name in rule.alternative} <= ids
    assert {name for point in PACK.points for name in point.rules} <= ids
    code = "\n".join(
        path.read_text("utf-8") for path in [*LAW.rglob("*.py"), *(LAW.parents[1] / "web").rglob("*.py")]
    )
    assert [key for key in PACK.phrases if f'"{key}"' not in code] == []


def test_every_fact_is_read_by_a_rule_a_question_or_the_engine() -> None:
    read = {name for rule in PACK.rules for condition in rule.conditions() for name in condition.names}
    read |= {name for test in PACK.supplier_tests for name in test.when.names}
    code = "\n".join(path.read_text("utf-8") for path in LAW.rglob("*.py"))
    unread = {name for name in PACK.facts if name not in read and f'"{name}"' not in code}
    assert unread == {"market"}  # kept for the record, no rule asks


def test_every_question_is_asked_with_its_reason() -> None:
    for spec in PACK.facts.values():
        if spec.type != "object" or spec.question:
            assert spec.question.endswith("?"), spec.name
            assert spec.why.endswith("."), spec.name
            assert spec.label.da, spec.name


def test_the_threshold_periods_follow_each_other_without_a_gap() -> None:
    rows = PACK.figures.thresholds
    for earlier, later in pairwise(rows):
        assert (later.valid_from - earlier.valid_to).days == 1


def test_derived_thresholds_are_the_euro_amount_at_the_rate_of_the_row() -> None:
    """Rates are read off a printed cell of the same row, so the product is within a krone."""
    for row in PACK.figures.thresholds:
        printed = next(name for name in ("services", "works", "light") if name not in row.derived)
        rate = round(row.amounts[printed] / row.euro[printed], 4)
        euro = {"light": row.euro["light"], "small_lot": 80_000, "small_lot_works": 1_000_000}
        for column in row.derived:
            assert abs(row.amounts[column] - euro[column] * rate) <= 1, (row.valid_from, column)


def test_every_listed_code_exists_in_the_vocabulary_and_is_light() -> None:
    codes = cpv_names()
    for code in PACK.cpv.reservable:
        assert code in codes
        assert PACK.cpv.is_light(code)
    for first, last in PACK.cpv.light_ranges:
        assert first in codes
        assert last in codes
        assert first <= last
    assert len(PACK.cpv.reservable) == 115
    assert sum(PACK.cpv.is_light(code) for code in codes) == 423


def test_every_rule_can_be_explained_without_a_case() -> None:
    for rule in PACK.rules:
        told = explain(PACK, rule, DAY)
        assert "{" not in told["text_da"] + told["when_da"] + told["title_da"], rule.id
        assert "?" not in told["title_da"], rule.id


def test_the_newest_pack_answers_when_none_is_named() -> None:
    assert load().label == load(packs.names()[-1][0]).label


def test_a_pack_is_found_by_name_label_and_fingerprint() -> None:
    for wanted in (PACK.name, PACK.label, PACK.sha256, f"sha256:{PACK.sha256[:12]}"):
        assert load(wanted).label == PACK.label


@pytest.mark.parametrize("wanted", ["1999-01-01", "abc", "2026-11-24@sha256:0000", "sha256:", ""])
def test_a_pack_that_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(Refused):
        load(wanted)


def test_every_sealed_pack_still_has_its_fingerprint() -> None:
    for name, seal in packs.names():
        assert packs.fingerprint(LAW / "packs" / name) == seal


def test_changing_one_letter_changes_the_fingerprint(tmp_path: Path) -> None:
    copy = tmp_path / PACK.name
    shutil.copytree(FOLDER, copy)
    assert read_pack(copy).sha256 == PACK.sha256
    text = (copy / "figures.toml").read_text("utf-8")
    (copy / "figures.toml").write_text(text.replace("500000", "500001", 1), "utf-8")
    assert read_pack(copy).sha256 != PACK.sha256
    assert load(str(copy)).figures.figure("small_purchase_floor", DAY).amount == 500001


def test_what_changed_between_two_packs_is_named_and_found_again(tmp_path: Path) -> None:
    copy = tmp_path / "next"
    shutil.copytree(FOLDER, copy)
    figures, routes = copy / "figures.toml", copy / "rules" / "30-routes.toml"
    figures.write_text(figures.read_text("utf-8").replace("amount = 36\n", "amount = 48\n"), "utf-8")
    routes.write_text(
        routes.read_text("utf-8").replace('applies = "regime == D"', 'applies = "regime in [D, E]"', 1),
        "utf-8",
    )
    after = read_pack(copy)
    changes = difference(PACK, after)
    assert (changes.added, changes.removed, changes.changed) == ((), (), {"R54": ("applies",)})
    assert changes.figures == ("reserved_term_months",)
    assert [rule.id for rule in after.rules if changes.touches(after, rule.id)] == ["R54", "R190"]
    assert difference(PACK, PACK).figures == ()


def test_a_threshold_that_changes_touches_every_regime_that_reads_it(tmp_path: Path) -> None:
    copy = tmp_path / "next"
    shutil.copytree(FOLDER, copy)
    figures = copy / "figures.toml"
    figures.write_text(
        figures.read_text("utf-8").replace("services = 1611360", "services = 1611361"), "utf-8"
    )
    after = read_pack(copy)
    changes = difference(PACK, after)
    assert changes.figures == ("change_threshold", "threshold", "threshold_services")
    assert {"B", "C", "D", "E", "P178", "M06", "RK24"} <= {
        rule.id for rule in after.rules if changes.touches(after, rule.id)
    }


def test_a_pack_answers_with_what_it_knew(tmp_path: Path) -> None:
    from tests.core.law.case import ask

    copy = tmp_path / "before"
    shutil.copytree(FOLDER, copy)
    text = (copy / "figures.toml").read_text("utf-8")
    (copy / "figures.toml").write_text(text.replace("services = 1611360", "services = 1500000"), "utf-8")
    facts = {"kind": "goods", "cpv_main": "39000000", "value_dkk": 1_550_000, "kgi": "no"}
    assert ask(**facts).regime == "B"
    assert ask(load(str(copy)), **facts).regime == "D"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the legal basis does not lie beside the project")
def test_the_rules_and_lists_are_those_of_the_legal_basis() -> None:
    text = (SHARED / "domain" / "law.md").read_text("utf-8")
    rules: dict[str, dict[str, object]] = {}
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        if block.startswith("- "):
            rules |= {row["id"]: row for row in yaml.safe_load(block) if "sources" in row}
    assert set(rules) == {rule.id for rule in PACK.rules}
    for rule in PACK.rules:
        basis = rules[rule.id]
        assert rule.confidence == basis["confidence"], rule.id
        assert list(rule.sources) == basis["sources"], rule.id
        assert rule.valid_from == basis["valid_from"], rule.id
        assert rule.valid_to == basis["valid_to"], rule.id
        assert list(rule.documents) == basis.get("docs", []), rule.id
    listed = (SHARED / "data" / "cpv_social_services_light_regime.csv").read_text("utf-8").splitlines()
    assert {row["cpv8"] for row in csv.DictReader(listed)} == PACK.cpv.reservable
