"""What a value of each type of metadata looks like: a text, and the type says how it is to be read."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any


class ValueType(StrEnum):
    STRING = "string"
    MULTILINE_STRING = "multiline_string"
    INLINE_CONTROLLED_LIST = "inline_controlled_list"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    JSON = "json"
    XYZ = "xyz"
    WXYZ = "wxyz"
    MATRIX4X4 = "matrix4x4"
    GEOPOINT = "geopoint"
    GEOJSON = "geojson"
    LLA = "lla"


def is_of(kind: ValueType, text: str) -> bool:
    """Whether a text is a value of this type; an empty one is no value yet, of any type."""
    if not text:
        return True
    if kind in _TEXTS:
        return _TEXTS[kind](text)
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return _SHAPES[kind](value)


_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_MOST = {"lat": 90, "long": 180}
# What an object of each kind of GeoJSON has to have (RFC 7946).
_GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_MEMBERS: Mapping[str, tuple[str, type]] = {
    **dict.fromkeys(_GEOMETRIES, ("coordinates", list)),
    "GeometryCollection": ("geometries", list),
    "FeatureCollection": ("features", list),
}


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and math.isfinite(float(text))


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")


def _is_measure(value: Any) -> bool:
    """Whether it is a number, and one that there is: JSON has larger ones than that."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _has_measures(names: str) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        return isinstance(value, dict) and all(_is_measure(value.get(name)) for name in names.split())

    return check


def _is_place(value: Any) -> bool:
    """Degrees and metres; there is no place beyond the poles."""
    known = _has_measures("lat long alt")(value)
    return known and all(abs(value[name]) <= most for name, most in _MOST.items())


def _is_matrix(value: Any) -> bool:
    return _is_list_of(4, value) and all(_is_list_of(4, row) and all(map(_is_measure, row)) for row in value)


def _is_list_of(count: int, value: Any) -> bool:
    return isinstance(value, list) and len(value) == count


def _is_point(value: Any) -> bool:
    if not _is_geojson(value) or value["type"] != "Point":
        return False
    found = value["coordinates"]
    return len(found) in {2, 3} and all(map(_is_measure, found))


def _is_geojson(value: Any) -> bool:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "Feature":
        geometry = value.get("geometry", ...)
        return geometry is None or _is_geojson(geometry)
    member, shape = _MEMBERS.get(kind, ("", object)) if isinstance(kind, str) else ("", object)
    if not member or not isinstance(value.get(member), shape):
        return False
    return member == "coordinates" or all(map(_is_geojson, value[member]))


def _anything(_value: Any) -> bool:
    return True


_TEXTS: Mapping[ValueType, Callable[[str], bool]] = {
    ValueType.STRING: _anything,
    ValueType.MULTILINE_STRING: _anything,
    ValueType.INLINE_CONTROLLED_LIST: _anything,
    ValueType.NUMBER: _is_number,
    ValueType.BOOLEAN: lambda text: text in {"true", "false"},
    ValueType.DATE: _is_date,
}
_SHAPES: Mapping[ValueType, Callable[[Any], bool]] = {
    ValueType.JSON: _anything,
    ValueType.XYZ: _has_measures("x y z"),
    ValueType.WXYZ: _has_measures("w x y z"),
    ValueType.MATRIX4X4: _is_matrix,
    ValueType.GEOPOINT: _is_point,
    ValueType.GEOJSON: _is_geojson,
    ValueType.LLA: _is_place,
}
