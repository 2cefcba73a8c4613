# SPDX-License-Identifier: MPL-2.0
"""Needs as people write them, from end to end."""

from indgang.core.matching import Index, Need, Offer


def test_a_month_is_no_vegetable() -> None:
    index = Index(
        [Offer.of("1", "Grønt", "Grøntsager og majs fra egen gård"), Offer.of("2", "Pak", "Pakning af varer")]
    )
    answer = index.search(
        Need("a", "Pak 2.400 læsepakker. De skal leveres på biblioteket mandag den 10. maj.")
    )
    assert [match.id for match in answer.matches] == ["2"]
    assert answer.parts == ()
    assert [match.id for match in index.search(Need("b", "Vi mangler majs til en sommerfest")).matches][
        :1
    ] == ["1"]
