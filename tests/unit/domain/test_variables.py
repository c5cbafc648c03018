"""Variables: the table of `docs/api/posta.md` row by row, and what may be defined."""

import pytest
from assetversions.domain.errors import Unprocessable
from assetversions.domain.variables import (
    Behavior,
    Given,
    Kind,
    Value,
    Variable,
    as_given,
    check_definitions,
    preset_references,
    references,
    resolve,
)

OPTIONAL, REQUIRED, PRESET, OVERRIDABLE = Behavior
NOT_SENT = object()
ERROR = "error"


def variable(
    behavior: Behavior, *, allow_empty: bool = False, kind: Kind = Kind.VALUE, preset: str | None = None
) -> Variable:
    return Variable("x", kind, behavior, allow_empty, None if preset is None else Value(preset))


def outcome(one: Variable, sent: object) -> str | None:
    """The value that the variable gets, None for none, or `error`."""
    given = [] if sent is NOT_SENT else [Given("x", None if sent is None else Value(str(sent)))]
    try:
        resolved = resolve([one], given)
    except Unprocessable:
        return ERROR
    return resolved[0].value.text if resolved else None


NO_VALUE = pytest.mark.parametrize("sent", [NOT_SENT, None], ids=["absent", "null"])
EITHER = pytest.mark.parametrize("allow_empty", [False, True], ids=["no empty", "allowEmpty"])


@NO_VALUE
@EITHER
def test_optional_may_be_absent_or_null(sent: object, allow_empty: bool) -> None:
    assert outcome(variable(OPTIONAL, allow_empty=allow_empty), sent) is None


@pytest.mark.parametrize(("allow_empty", "expected"), [(False, ERROR), (True, "")])
def test_optional_may_be_empty_only_with_allow_empty(allow_empty: bool, expected: str) -> None:
    assert outcome(variable(OPTIONAL, allow_empty=allow_empty), "") == expected


@EITHER
def test_optional_takes_a_value(allow_empty: bool) -> None:
    assert outcome(variable(OPTIONAL, allow_empty=allow_empty), "Jane") == "Jane"


@NO_VALUE
@EITHER
def test_required_must_be_sent(sent: object, allow_empty: bool) -> None:
    assert outcome(variable(REQUIRED, allow_empty=allow_empty), sent) == ERROR


@pytest.mark.parametrize(("allow_empty", "expected"), [(False, ERROR), (True, "")])
def test_required_may_be_empty_only_with_allow_empty(allow_empty: bool, expected: str) -> None:
    assert outcome(variable(REQUIRED, allow_empty=allow_empty), "") == expected


@EITHER
def test_required_takes_a_value(allow_empty: bool) -> None:
    assert outcome(variable(REQUIRED, allow_empty=allow_empty), "Jane") == "Jane"


@NO_VALUE
@EITHER
def test_preset_gives_the_preset(sent: object, allow_empty: bool) -> None:
    assert outcome(variable(PRESET, allow_empty=allow_empty, preset="Max"), sent) == "Max"


@EITHER
@pytest.mark.parametrize("sent", ["", "Jane", "Max"])
def test_preset_takes_no_value_not_even_an_empty_one(sent: str, allow_empty: bool) -> None:
    assert outcome(variable(PRESET, allow_empty=allow_empty, preset="Max"), sent) == ERROR


@NO_VALUE
@EITHER
def test_an_overridable_preset_gives_the_preset(sent: object, allow_empty: bool) -> None:
    assert outcome(variable(OVERRIDABLE, allow_empty=allow_empty, preset="Max"), sent) == "Max"


@pytest.mark.parametrize(("allow_empty", "expected"), [(False, ERROR), (True, "")])
def test_an_overridable_preset_is_overridden_by_empty_only_with_allow_empty(
    allow_empty: bool, expected: str
) -> None:
    assert outcome(variable(OVERRIDABLE, allow_empty=allow_empty, preset="Max"), "") == expected


@EITHER
def test_an_overridable_preset_is_overridden_by_a_value(allow_empty: bool) -> None:
    assert outcome(variable(OVERRIDABLE, allow_empty=allow_empty, preset="Max"), "Jane") == "Jane"


@pytest.mark.parametrize("behavior", [OPTIONAL, REQUIRED])
def test_a_preset_value_is_not_used_where_the_behavior_is_none(behavior: Behavior) -> None:
    expected = None if behavior is OPTIONAL else ERROR
    assert outcome(variable(behavior, preset="Max"), NOT_SENT) == expected


@pytest.mark.parametrize(
    "text", ["ftp://example.com", "example.com", "https://", "http://a b", "https://[::1"]
)
def test_an_external_url_must_be_a_web_address(text: str) -> None:
    assert outcome(variable(OPTIONAL, kind=Kind.EXTERNAL_URL), text) == ERROR


def test_an_external_url_is_taken_as_it_is() -> None:
    address = "https://example.com/a?b=c#d"
    assert outcome(variable(OPTIONAL, kind=Kind.EXTERNAL_URL), address) == address


def test_a_value_that_is_no_asset_id_cannot_name_an_asset() -> None:
    assert outcome(variable(OPTIONAL, kind=Kind.ASSET), "no id") == ERROR


def test_every_wrong_value_is_named() -> None:
    one, two = variable(REQUIRED), Variable("y", Kind.VALUE, PRESET, False, Value("p"))
    given = [Given("y", Value("v")), Given("z", Value("v")), Given("y", None)]
    with pytest.raises(Unprocessable) as refused:
        resolve([one, two], given)
    wrong = {"variables.x", "variables.0.value", "variables.1.name", "variables.2.name"}
    assert set(refused.value.problems) == wrong


def test_a_name_that_is_given_twice_is_refused_even_where_the_second_is_null() -> None:
    with pytest.raises(Unprocessable) as refused:
        resolve([variable(OPTIONAL)], [Given("x", Value("v")), Given("x", None)])
    assert set(refused.value.problems) == {"variables.1.name"}


def test_without_evaluation_null_is_still_no_value() -> None:
    values = as_given([Given("a", Value("")), Given("b", None)])
    assert [(one.name, one.value.text) for one in values] == [("a", "")]


@pytest.mark.parametrize("behavior", [PRESET, OVERRIDABLE])
def test_a_preset_behavior_needs_a_preset_value(behavior: Behavior) -> None:
    with pytest.raises(Unprocessable) as refused:
        check_definitions([variable(behavior)])
    assert set(refused.value.problems) == {"variableDefinitions.0.presetValue"}
    check_definitions([variable(behavior, preset="")])


def test_a_name_is_defined_once() -> None:
    with pytest.raises(Unprocessable) as refused:
        check_definitions([variable(OPTIONAL), variable(REQUIRED)])
    assert set(refused.value.problems) == {"variableDefinitions.1.name"}


@pytest.mark.parametrize("kind", [Kind.ASSET, Kind.EXTERNAL_URL])
def test_a_preset_must_be_of_the_variables_type(kind: Kind) -> None:
    with pytest.raises(Unprocessable):
        check_definitions([variable(OPTIONAL, kind=kind, preset="neither")])


def test_references_are_the_values_that_have_to_name_an_asset() -> None:
    logo = Variable("logo", Kind.ASSET, PRESET, False, Value("ast_1", 1))
    text = Variable("text", Kind.VALUE, PRESET, False, Value("ast_2", 2))
    assert [one.value.asset for one in references(resolve([logo, text], []))] == [1]
    assert [one.where for one in preset_references([text, logo])] == ["variableDefinitions.1.presetValue"]


def test_an_empty_value_names_no_asset() -> None:
    """Where it is allowed, it must not be looked up."""
    logo = Variable("logo", Kind.ASSET, OPTIONAL, True)
    assert references(resolve([logo], [Given("logo", Value(""))])) == []
