# SPDX-License-Identifier: MPL-2.0
import tomllib
from datetime import date
from pathlib import Path

import pytest

from indgang.core.text import Refused
from indgang.core.value import pack_files
from indgang.core.value.bridge import bridge, difference
from indgang.core.value.pack import Figures, Level, Pack
from tests.core.value.conftest import PROGRAMME

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "value"
OVERLAY = EXAMPLES / "aabjerg.toml"
HEAD = '[pack]\nid = "x"\nversion = "1"\npublished_on = 2026-01-01\n'
ROW = """
[[row]]
key = "a.b"
value = {value}
unit = "{unit}"
valid_from = {start}
confidence = "{confidence}"
source = "s"
licence = "l"
label_da = "A"
"""


def row(value: str = "1", unit: str = "dkk_year", start: str = "2026-01-01", confidence: str = "H") -> str:
    return ROW.format(value=value, unit=unit, start=start, confidence=confidence)


def test_every_shipped_row_says_where_it_comes_from(pack: Pack) -> None:
    for line in pack.rows:
        assert line.label_da
        assert line.label_en
        assert line.licence
        assert line.source or line.confidence == "L", line.key
        assert line.confidence in "HML"
        assert line.note_da or line.confidence != "L" or line.source, line.key


def test_every_payer_in_the_pack_is_an_account_or_a_rule(pack: Pack) -> None:
    rules = {"staircase", "staircase_via_a_kasse"}
    for line in pack.rows:
        if line.payer and line.payer not in rules:
            assert pack.account(line.payer).level is not Level.RESOURCE
        if line.unit == "account":
            assert pack.account(str(line.value))


def test_the_pack_carries_its_eight_doubts_in_order_of_harm(pack: Pack) -> None:
    assert [doubt.rank for doubt in pack.doubts] == list(range(1, 9))
    assert all(doubt.text_da and doubt.text_en for doubt in pack.doubts)


def test_derived_benefits_follow_their_rules(pack: Pack) -> None:
    for year in (2022, 2023, 2024, 2025, 2026):
        figures = Figures(pack, date(year, 12, 1))
        highest = figures.number("benefit.dagpenge_max.month")
        assert figures.number("benefit.sygedagpenge_max.week") == highest * 12 / 52 // 5 * 5
        assert figures.number("benefit.ledighedsydelse.month") == pytest.approx(0.89 * highest, abs=1)
    new = Figures(pack, date(2026, 1, 1))
    level = pack.find("benefit_level_2024.kontanthjaelp_forhoejet.month", date(2024, 6, 1)).value
    assert new.number("benefit.kontanthjaelp_forhoejet.month") == pytest.approx(
        float(level) * 22_041 / 20_359, abs=5
    )


def test_a_shipped_pack_that_was_changed_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = Path(pack_files.__file__).parent / "packs"
    for file in source.iterdir():
        text = file.read_text("utf-8")
        (tmp_path / file.name).write_text(text.replace("0.25049", "0.24"), "utf-8")
    monkeypatch.setattr(pack_files, "_folder", lambda: tmp_path)
    pack_files._shipped.cache_clear()
    with pytest.raises(Refused, match="ændret, siden den blev udgivet"):
        pack_files.load()
    pack_files._shipped.cache_clear()


def test_the_hash_covers_rows_and_not_the_sign_off() -> None:
    plain = pack_files.parse(HEAD + row(), "x.toml")
    signed = pack_files.parse(HEAD + 'reviewed_by = ["Ann", "Bo"]\n' + row(), "x.toml")
    changed = pack_files.parse(HEAD + row("2"), "x.toml")
    assert plain.sha256 == signed.sha256 != changed.sha256
    assert (plain.signed_off, signed.signed_off) == (False, True)
    assert not pack_files.parse(HEAD + 'reviewed_by = ["Ann", "Ann"]\n' + row(), "x").signed_off


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[pack", "TOML"),
        ("", "mangler i sit hoved"),
        (HEAD + '[[row]]\nkey = "a"', "mangler: value"),
        (HEAD + row() + "valeu = 3\n", "for meget: valeu"),
        (HEAD + row("nan"), "endeligt tal"),
        (HEAD + row("inf"), "endeligt tal"),
        (HEAD + row("-1"), "endeligt tal"),
        (HEAD + row("true"), "endeligt tal"),
        (HEAD + row("1.5", unit="share"), "andele højst 1"),
        (HEAD + row(confidence="X"), "H, M eller L"),
        (HEAD + row(start='"2026"'), "som en dato"),
        (HEAD + row() + "valid_to = 2025-01-01\n", "slutter, før den begynder"),
        (HEAD + row("1") + row("2", start="2026-06-01"), "modsiger sig selv"),
        (HEAD + '[[account]]\ncode = "K"\nlevel = "kommune"\nlabel_da = "K"', "level er en af"),
    ],
)
def test_a_broken_pack_is_refused_with_the_row_named(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        pack_files.parse(text, "x.toml")


@pytest.mark.parametrize("name", ["ukendt", "dk@2020.1.0", "ingen.toml", "000000"])
def test_an_unknown_pack_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        pack_files.load(name)


def test_a_pack_is_found_by_name_version_and_hash(pack: Pack) -> None:
    for name in ("dk", "dk@2026.1.0", pack.sha256[:8]):
        assert pack_files.load(name).sha256 == pack.sha256


def test_a_municipality_adds_its_own_rows_and_names_without_code(pack: Pack) -> None:
    own = pack_files.load(overlays=[OVERLAY])
    figures = Figures(own, date(2026, 3, 1))
    assert figures.number("tax.municipal_share") == 0.256
    assert figures.number("tax.bottom_share") == 0.1201
    assert own.account("Socialforvaltningen").code == "KOM.SOC"
    assert own.account("KOM.ERHVERV").level is Level.MUNICIPALITY
    assert own.sha256 != pack.sha256
    assert own.name == "dk+aabjerg@2026.1.0+1"


def test_departments_must_point_at_an_account(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD + '[departments]\n"Jobhuset" = "KOM.JOB"\n', "utf-8")
    with pytest.raises(Refused, match=r"KOM\.JOB"):
        pack_files.load(overlays=[path])


def test_two_packs_differ_row_by_row(pack: Pack) -> None:
    changes = {change.key: change for change in difference(pack, pack_files.load(overlays=[OVERLAY]))}
    assert set(changes) == {"tax.municipal_share", "service.misbrugsbehandling.year"}
    assert (changes["tax.municipal_share"].old, changes["tax.municipal_share"].new) == (0.25049, 0.256)
    assert changes["service.misbrugsbehandling.year"].what == "ny"
    assert difference(pack, pack) == ()


def test_a_bridge_divides_the_change_into_data_pack_and_method_with_nothing_left(pack: Pack) -> None:
    after = {**PROGRAMME, "participants": 25, "horizon_years": 3}
    rows = {
        row.purse: row for row in bridge(PROGRAMME, pack, after, pack_files.load(overlays=[OVERLAY]), seed=1)
    }
    assert all(row.residual == 0 for row in rows.values())
    public = rows["public"]
    assert round(public.before) == 432_598
    assert public.from_data == pytest.approx(432_598.09 / 4, abs=1)
    assert public.from_pack > 0
    assert public.from_method < 0
    assert public.before + public.from_data + public.from_pack + public.from_method == pytest.approx(
        public.after
    )
    assert rows["state"].from_pack == 0


def test_the_pack_is_toml_that_anybody_can_read() -> None:
    text = (Path(pack_files.__file__).parent / "packs" / "dk-2026.1.0.toml").read_text("utf-8")
    assert len(tomllib.loads(text)["row"]) > 100
