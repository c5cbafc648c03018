"""Metadata is of the type that it says, each key once, and reads back as it was written."""

import pytest
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.metadata import MAX_BYTES, Metadatum, ValueType, checked, decode, encode

LINE = '{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}'
WRONG_POINT = '{"type": "Point", "coordinates": ["1", 2]}'
COLLECTION = f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "geometry": {LINE}}}]}}'
BROKEN = '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": 1}]}'


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["0", "-1.5", "2e10"], ["1,5", "nan", "1e999", "0x10", " 1", "١"]),
        ("boolean", ["true", "false"], ["True", "1"]),
        ("date", ["2026-03-15", "2026-03-15T10:30:00Z"], ["yesterday", "2026-13-01"]),
        ("json", ['{"a": [1, null]}', '"text"'], ["{", "NaN"]),
        ("string", ["anything"], []),
        ("multiline_string", ["one\ntwo"], []),
        ("inline_controlled_list", ["one"], []),
        (
            "xyz",
            ['{"x": 1, "y": -2.5, "z": 0}'],
            ['{"x": 1, "y": 2}', "[1, 2, 3]", '{"x": 1, "y": 2, "z": "3"}'],
        ),
        (
            "wxyz",
            ['{"w": 1, "x": 1, "y": 2, "z": 3}'],
            ['{"x": 1, "y": 2, "z": 3}', '{"w": true, "x": 1}', "1"],
        ),
        (
            "matrix4x4",
            [str([[1.5, 0, 0, 0]] * 4)],
            ["[]", str([[1] * 4] * 3), str([[1] * 3] * 4), '["abcd", 1, 2, 3]'],
        ),
        (
            "geopoint",
            ['{"type": "Point", "coordinates": [1, 2]}'],
            ['{"type": "Point"}', LINE, "[1, 2]", WRONG_POINT],
        ),
        (
            "geojson",
            [LINE, COLLECTION, '{"type": "Feature", "geometry": null}'],
            ['{"type": "Line"}', "{}", "[]", BROKEN],
        ),
        (
            "lla",
            ['{"lat": -90, "long": 180, "alt": 8848.9}'],
            ['{"lat": 91, "long": 0, "alt": 0}', '{"lat": 1, "long": 2}'],
        ),
        ("xyz", [], ['{"x": 1, "y": 2, "z": 1e999}', '{"x": 1, "y": 2, "z": ' + "9" * 400 + "}"]),
    ],
)
def test_a_value_is_of_its_type(kind: str, good: list[str], bad: list[str]) -> None:
    for value in good:
        assert checked([Metadatum("key", value, ValueType(kind))], "metadata")
    for value in bad:
        with pytest.raises(Invalid, match=r"metadata\.0\.metadataValue"):
            checked([Metadatum("key", value, ValueType(kind))], "metadata")


@pytest.mark.parametrize("kind", ValueType)
def test_an_empty_text_is_no_value_yet_whatever_the_type(kind: ValueType) -> None:
    assert checked([Metadatum("key", "", kind)], "metadata")


def test_a_key_has_a_name_that_fits() -> None:
    assert checked([Metadatum("k" * 256, "", ValueType.STRING)], "metadata")
    for key in ("", "k" * 257, "ü" * 129):
        with pytest.raises(Invalid, match=r"metadata\.0\.metadataKey"):
            checked([Metadatum(key, "", ValueType.STRING)], "metadata")


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
