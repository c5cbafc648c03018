"""Values of the table: as boto3's resources take and give them, which are slow to import."""

from decimal import Decimal
from typing import Any

import pytest
from assetversions.storage.dynamodb.values import plain, speak_plainly, typed
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from botocore.session import get_session
from botocore.stub import Stubber
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.integers(-(10**38) + 1, 10**38 - 1) | st.decimals(
    min_value=-(10**20), max_value=10**20, places=10, allow_nan=False
)
SINGLE = st.none() | st.booleans() | st.text() | NUMBERS | st.binary()
SETS = st.sets(st.text(), min_size=1) | st.frozensets(NUMBERS, min_size=1) | st.sets(st.binary(), min_size=1)
VALUES = st.recursive(
    SINGLE | SETS,
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def without_wrapping(value: Any) -> Any:
    """boto3 gives bytes in a class of its own."""
    if isinstance(value, Binary):
        return bytes(value)
    if isinstance(value, set):
        return set(map(without_wrapping, value))
    if isinstance(value, list):
        return list(map(without_wrapping, value))
    if isinstance(value, dict):
        return {name: without_wrapping(one) for name, one in value.items()}
    return value


@given(VALUES)
def test_a_value_is_told_and_read_as_boto3_does(value: Any):
    told = TypeSerializer().serialize(value)
    assert typed(value) == told
    assert plain(told) == without_wrapping(TypeDeserializer().deserialize(told))


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        object(),
        {1, "a"},
        {None},
        set(),
        frozenset({(1,)}),
        {"a": [1.5]},
        Decimal("NaN"),
        Decimal("-Infinity"),
    ],
)
def test_what_the_table_cannot_keep_is_refused(value: Any):
    with pytest.raises(TypeError):
        typed(value)


@pytest.mark.parametrize("value", [10**38 + 1, Decimal("0." + "1" * 39), Decimal("1e127")])
def test_a_number_that_the_table_would_round_is_refused(value: Any):
    with pytest.raises(ArithmeticError):
        typed(value)


def test_a_type_that_nobody_knows_is_refused():
    with pytest.raises(TypeError, match="X"):
        plain({"X": 1})


KEY, TYPED_KEY = {"PK": "a", "SK": "b"}, {"PK": {"S": "a"}, "SK": {"S": "b"}}
ITEM, TYPED_ITEM = {**KEY, "n": 1}, {**TYPED_KEY, "n": {"N": "1"}}
PUT = {"TableName": "Items"}


@pytest.mark.parametrize(
    ("operation", "asked", "sent", "told", "heard"),
    [
        (
            "get_item",
            PUT | {"Key": KEY},
            PUT | {"Key": TYPED_KEY},
            {"Item": TYPED_ITEM},
            {"Item": ITEM},
        ),
        (
            "batch_get_item",
            {"RequestItems": {"Items": {"Keys": [KEY]}}},
            {"RequestItems": {"Items": {"Keys": [TYPED_KEY]}}},
            {"Responses": {"Items": [TYPED_ITEM]}, "UnprocessedKeys": {"Items": {"Keys": [TYPED_KEY]}}},
            {"Responses": {"Items": [ITEM]}, "UnprocessedKeys": {"Items": {"Keys": [KEY]}}},
        ),
        (
            "transact_write_items",
            {"TransactItems": [{"Put": PUT | {"Item": ITEM}}, {"Delete": PUT | {"Key": KEY}}]},
            {"TransactItems": [{"Put": PUT | {"Item": TYPED_ITEM}}, {"Delete": PUT | {"Key": TYPED_KEY}}]},
            {},
            {},
        ),
        (
            "query",
            PUT | {"ExpressionAttributeValues": {":p": "a"}, "ExclusiveStartKey": KEY},
            PUT | {"ExpressionAttributeValues": {":p": {"S": "a"}}, "ExclusiveStartKey": TYPED_KEY},
            {"Items": [TYPED_ITEM], "Count": 1, "LastEvaluatedKey": TYPED_KEY},
            {"Items": [ITEM], "Count": 1, "LastEvaluatedKey": KEY},
        ),
    ],
)
def test_a_client_speaks_plainly_wherever_values_stand_and_leaves_what_it_was_given(
    operation: str, asked: Any, sent: Any, told: Any, heard: Any
):
    client = get_session().create_client(
        "dynamodb", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    speak_plainly(client)
    before = str(asked)
    with Stubber(client) as stub:
        stub.add_response(operation, told, sent)
        assert getattr(client, operation)(**asked) == heard
    assert str(asked) == before
