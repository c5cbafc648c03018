"""Metadata is of the type that it says, each key once, and reads back as it was written."""

import pytest
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.metadata import MAX_BYTES, Metadatum, ValueType, checked, decode, encode


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["0", "-1.5", "2e10"], ["", "1,5", "nan", "1e999", "0x10", " 1", "١"]),
        ("boolean", ["true", "false"], ["True", "1", ""]),
        ("date", ["2026-03-15", "2026-03-15T10:30:00Z"], ["yesterday", "2026-13-01", ""]),
        ("json", ['{"a": [1, null]}', '"text"'], ["{", "NaN", ""]),
        ("string", ["", "anything"], []),
    ],
)
def test_a_value_is_of_its_type(kind: str, good: list[str], bad: list[str]) -> None:
    for value in good:
        assert checked([Metadatum("key", value, ValueType(kind))], "metadata")
    for value in bad:
        with pytest.raises(Invalid, match=r"metadata\.0\.metadataValue"):
            checked([Metadatum("key", value, ValueType(kind))], "metadata")


def test_keys_come_in_order_and_once() -> None:
    one, two = (Metadatum(key, "ü", ValueType.STRING) for key in "ab")
    assert checked([two, one], "metadata") == (one, two)
    assert decode(encode((one, two))) == (one, two)
    with pytest.raises(Invalid, match=r"metadata\.1\.metadataKey"):
        checked([one, one], "metadata")
    with pytest.raises(Invalid, match="metadataKey"):
        checked([Metadatum(" a", "", ValueType.STRING)], "metadata")


def test_there_is_not_too_much_of_it() -> None:
    with pytest.raises(TooLarge):
        checked([Metadatum("a", "x" * MAX_BYTES, ValueType.STRING)], "metadata")
