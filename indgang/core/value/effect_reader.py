# SPDX-License-Identifier: MPL-2.0
"""The effect that is claimed, and the world without it: a required pair, with its evidence."""

from collections.abc import Mapping

from indgang.core.text import Reason, Refused, gettext_noop
from indgang.core.value import quantity
from indgang.core.value.case import Effect
from indgang.core.value.fields import Fields, number, share
from indgang.core.value.pack import Figures
from indgang.core.value.quantity import Quantity
from indgang.core.value.quantity_reader import GRADES, read_duration, read_share
from indgang.core.value.schema import CURVES, EFFECT, EVIDENCE


def read_grades(fields: Fields) -> dict[str, str]:
    """Evidence grade of success, base rate and displacement; D for what is not said."""
    raw = fields.get("evidence")
    if isinstance(raw, Mapping):
        table = Fields(raw, EVIDENCE, fields.name("evidence"), fields.warnings)
        return {name: table.choice(name, GRADES, "D") for name in EVIDENCE}
    grade = fields.choice("evidence", GRADES, "D")
    return dict.fromkeys(EVIDENCE, grade)


def read_effect(
    fields: Fields, starts_with_a_job: bool, inherited: Mapping[str, str], figures: Figures
) -> Effect:
    """Raises Refused when the counterfactual is missing."""
    grades = read_grades(fields) if fields.has("evidence") else inherited
    if not fields.has("base_rate"):
        raise Refused(_NO_COUNTERFACTUAL)
    base_rate = read_share(fields.get("base_rate"), fields.name("base_rate"), grades["base_rate"], figures)
    difference = _difference(fields)
    if difference:
        success = quantity.fixed(min(1.0, max(0.0, base_rate.central + difference.central)))
    elif fields.has("success") or not starts_with_a_job:
        success = read_share(fields.get("success"), fields.name("success"), grades["success"], figures)
    else:
        success = quantity.fixed(1.0)
    if success.central < base_rate.central:
        fields.warnings.append(Reason(_BELOW))
    if fields.has("displacement"):
        name = fields.name("displacement")
        displacement = read_share(fields.get("displacement"), name, grades["displacement"], figures)
    else:
        displacement = quantity.fixed(0.0)
        fields.warnings.append(Reason(_NO_DISPLACEMENT))
    with_, without = _curves(fields)
    half_life = fields.get("half_life_weeks")
    if half_life is None:
        half_life = "none" if with_ else figures.number("effect.half_life_weeks")
    return Effect(
        success=success,
        base_rate=base_rate,
        half_life=read_duration(half_life, fields.name("half_life_weeks"), figures),
        displacement=displacement,
        attribution=fields.share("attribution", 1.0),
        difference=difference,
        correction=_correction(fields, effect_grade(grades), figures),
        curve_with=with_,
        curve_without=without,
    )


def _difference(fields: Fields) -> Quantity | None:
    if not fields.has("effect"):
        return None
    if fields.has("success"):
        raise Refused(_BOTH)
    table = Fields(fields.get("effect"), EFFECT, fields.name("effect"), fields.warnings)
    difference = table.number("difference", low=-1.0, high=1.0)
    error = table.number("standard_error", 0.0, high=1.0)
    return Quantity(difference, "normal", difference, error) if error else quantity.fixed(difference)


def effect_grade(grades: Mapping[str, str]) -> str:
    """The evidence of success minus base rate: a difference is no better known than the worse of the two."""
    return max(grades["success"], grades["base_rate"])


def _correction(fields: Fields, grade: str, figures: Figures) -> float:
    raw = fields.get("optimism_correction")
    if raw is None or raw is False:
        return 1.0
    allowed = figures.number(f"evidence.correction_{grade.lower()}")
    if raw is True:
        return allowed
    wanted = share(raw, fields.name("optimism_correction"))
    if wanted > allowed and not fields.text("correction_reason"):
        raise Refused(_TOO_MILD, wanted=wanted, allowed=allowed, grade=grade)
    return wanted


def _curves(fields: Fields) -> tuple[tuple[tuple[int, float], ...], tuple[tuple[int, float], ...]]:
    if not fields.has("curves"):
        return (), ()
    table = Fields(fields.get("curves"), CURVES, fields.name("curves"), fields.warnings)
    return _curve(table, "with"), _curve(table, "without")


def _curve(table: Fields, key: str) -> tuple[tuple[int, float], ...]:
    raw, name = table.get(key), table.name(key)
    if not isinstance(raw, list | tuple) or not raw:
        raise Refused(_CURVE, name=name)
    points = []
    for point in raw:
        if not isinstance(point, list | tuple) or len(point) != 2:
            raise Refused(_CURVE, name=name)
        points.append((int(number(point[0], name)), share(point[1], name)))
    weeks = [week for week, _ in points]
    if weeks != sorted(set(weeks)) or not max(value for _, value in points):
        raise Refused(_CURVE, name=name)
    return tuple(points)


_NO_COUNTERFACTUAL = gettext_noop(
    "„base_rate“ mangler: hvor mange var kommet i job alligevel? KORA fandt 10-15 % om året blandt nogle af de "
    "mest udsatte (0.10 til 0.15). Uden det tal viser regnestykket brutto som netto."
)
_BELOW = gettext_noop(
    "Succesraten er lavere end basisraten: efter disse tal ville flere være kommet i job uden forløbet. Det regnes med."
)
_NO_DISPLACEMENT = gettext_noop("Fortrængning er ikke sat og regnes som 0: ingen andre mister et job.")
_BOTH = gettext_noop("Skriv enten success eller effect, ikke begge.")
_TOO_MILD = gettext_noop(
    "optimism_correction er %(wanted)s, men evidens %(grade)s tillader højst %(allowed)s. Skriv en begrundelse i "
    "correction_reason, hvis den skal være mildere."
)
_CURVE = gettext_noop("„%(name)s“ skal være punkter [uge, andel] med stigende uger, fx [[0, 0], [26, 0.3]].")
