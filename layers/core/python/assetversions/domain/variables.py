"""Variables of a version: what may be defined, and which value each gets (sources: `docs/api/posta.md`).

None is no value; an empty string is a value.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct

from assetversions.domain.errors import Unprocessable


class Kind(StrEnum):
    VALUE = "value"
    ASSET = "asset"
    EXTERNAL_URL = "externalUrl"


class Behavior(StrEnum):
    OPTIONAL = "optional"
    REQUIRED = "required"
    PRESET = "preset"
    OVERRIDABLE_PRESET = "overridablePreset"


PRESETS = frozenset({Behavior.PRESET, Behavior.OVERRIDABLE_PRESET})
# What the two lists are called in a request, for naming what is wrong.
DEFINITIONS, VALUES = "variableDefinitions", "variables"

WEB = frozenset({"http", "https"})


class Value(Struct, frozen=True):
    """A text, and the uid of the asset that it spells in the caller's API, if it does."""

    text: str
    asset: int | None = None


class Variable(Struct, frozen=True):
    """One definition."""

    name: str
    kind: Kind
    behavior: Behavior
    allow_empty: bool
    preset: Value | None = None
    sample: str | None = None


class Given(Struct, frozen=True):
    """A value that a caller sends for a variable; None for no value."""

    name: str
    value: Value | None


class Resolved(Struct, frozen=True):
    """The value that a variable gets, and the part of the request that it comes from."""

    name: str
    value: Value
    where: str
    kind: Kind


def check_definitions(variables: Sequence[Variable]) -> None:
    """Unprocessable, with every definition that can't be: a name twice, a preset that is missing or wrong."""
    problems: dict[str, str] = {}
    names: set[str] = set()
    for index, variable in enumerate(variables):
        spot = f"{DEFINITIONS}.{index}"
        if variable.name in names:
            problems[f"{spot}.name"] = f"'{variable.name}' is defined twice."
        names.add(variable.name)
        if problem := _preset_problem(variable):
            problems[f"{spot}.presetValue"] = problem
    _refuse(problems)


def resolve(variables: Sequence[Variable], given: Sequence[Given]) -> list[Resolved]:
    """The value of each variable that has one; Unprocessable with every value that the rules don't take."""
    problems = _unknown(variables, given)
    sent = {one.name: (index, one.value) for index, one in reversed(list(enumerate(given)))}
    resolved: list[Resolved] = []
    for variable in variables:
        index, value = sent.get(variable.name, (None, None))
        spot = f"{VALUES}.{variable.name if index is None else f'{index}.value'}"
        if problem := _value_problem(variable, value):
            problems[spot] = problem
            continue
        chosen = value if value is not None else variable.preset if variable.behavior in PRESETS else None
        if chosen is not None:
            resolved.append(Resolved(variable.name, chosen, spot, variable.kind))
    _refuse(problems)
    return resolved


def as_given(given: Sequence[Given]) -> list[Resolved]:
    """The values as they were sent, without any rule."""
    return [
        Resolved(one.name, one.value, f"{VALUES}.{index}.value", Kind.VALUE)
        for index, one in enumerate(given)
        if one.value is not None
    ]


def references(resolved: Iterable[Resolved]) -> list[Resolved]:
    """Those that have to name an asset."""
    return [one for one in resolved if one.kind is Kind.ASSET and one.value.text]


def preset_references(variables: Sequence[Variable]) -> list[Resolved]:
    """The presets that have to name an asset."""
    found = (
        Resolved(variable.name, variable.preset, f"{DEFINITIONS}.{index}.presetValue", variable.kind)
        for index, variable in enumerate(variables)
        if variable.preset is not None
    )
    return references(found)


def _preset_problem(variable: Variable) -> str:
    if variable.preset is None:
        return f"is needed where behavior is {variable.behavior}." if variable.behavior in PRESETS else ""
    return _kind_problem(variable.kind, variable.preset)


def _value_problem(variable: Variable, value: Value | None) -> str:
    """What is wrong with the value sent, by the table in `docs/api/posta.md`; empty where nothing is."""
    if value is None:
        return f"'{variable.name}' is required." if variable.behavior is Behavior.REQUIRED else ""
    if variable.behavior is Behavior.PRESET:
        return f"'{variable.name}' is preset and takes no value."
    if value.text == "":
        return "" if variable.allow_empty else f"'{variable.name}' must not be empty."
    return _kind_problem(variable.kind, value)


def _kind_problem(kind: Kind, value: Value) -> str:
    if not value.text:
        return ""
    if kind is Kind.ASSET and value.asset is None:
        return "must be the id of an asset."
    if kind is Kind.EXTERNAL_URL and not is_web_address(value.text):
        return "must be an http or https address."
    return ""


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in WEB and bool(parts.hostname) and text.isprintable() and " " not in text


def _unknown(variables: Sequence[Variable], given: Sequence[Given]) -> dict[str, str]:
    known = {variable.name for variable in variables}
    problems: dict[str, str] = {}
    seen: set[str] = set()
    for index, one in enumerate(given):
        if one.name not in known:
            problems[f"{VALUES}.{index}.name"] = f"there is no variable '{one.name}'."
        elif one.name in seen:
            problems[f"{VALUES}.{index}.name"] = f"'{one.name}' is given twice."
        seen.add(one.name)
    return problems


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Unprocessable(problems)
