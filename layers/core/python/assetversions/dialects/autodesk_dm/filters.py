"""Filters with operators, `filter[createTime]-ge=2026`: what a page shows of its versions."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import contains, eq, ge, gt, le, lt
from typing import Any

from msgspec import Struct

from assetversions.dialects.autodesk_dm.documents import Body
from assetversions.dialects.common.http import NOT_KNOWN
from assetversions.domain.errors import Invalid

MAX_VALUES = 200
TIMES = frozenset({"createTime", "lastModifiedTime"})
NUMBERS = frozenset({"versionNumber", "storageSize"})
TEXTS = frozenset(
    {
        *("id", "type", "name", "displayName", "mimeType", "fileType", "createUserId", "createUserName"),
        *("lastModifiedUserId", "lastModifiedUserName", "extension.type", "extension.version"),
        *(
            "extension.data.storageUrn",
            "extension.data.storageType",
            "extension.data.conformingStatus",
            "extension.data.originalName",
        ),
    }
)
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "lt": lt, "le": le, "eq": eq, "ge": ge, "gt": gt,
    "starts": str.startswith, "ends": str.endswith, "contains": contains,
}  # fmt: skip
PARTS = frozenset({"starts", "ends", "contains"})

_FILTER = re.compile(r"filter\[([\w.]+)\](?:-(\w+))?")
# What a time may leave out at its end; no number of it may be cut.
_REST = "0001-01-01T00:00:00"
_CUT = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}(:[0-9]{2}(:[0-9]{2})?)?)?)?)?")


class Filter(Struct, frozen=True):
    """One of the values has to compare with the attribute."""

    field: str
    comparison: str
    values: tuple[Any, ...]

    def takes(self, version: Body) -> bool:
        found = _attribute(version, self.field)
        if found is None:
            return False
        if self.comparison not in PARTS:
            found = _instant(found) if self.field in TIMES else found
        else:
            found = str(found)
        return any(COMPARISONS[self.comparison](found, value) for value in self.values)


def filters_of(query: Mapping[str, str]) -> list[Filter]:
    """Invalid for an attribute or an operator that is not known, and for a value that can't be compared."""
    return [_read(name, text) for name, text in query.items()]


def _read(name: str, text: str) -> Filter:
    found = _FILTER.fullmatch(name)
    field, comparison = (found[1], found[2] or "eq") if found else ("", "")
    if field not in TIMES | NUMBERS | TEXTS or comparison not in COMPARISONS:
        raise Invalid(name, f"{NOT_KNOWN}.")
    values = [value.strip() for value in text.split(",") if value.strip()]
    if not 1 <= len(values) <= MAX_VALUES:
        raise Invalid(name, f"give 1 to {MAX_VALUES} values.")
    if comparison in PARTS or field in TEXTS:
        return Filter(field, comparison, tuple(values))
    try:
        return Filter(field, comparison, tuple(map(_instant if field in TIMES else _number, values)))
    except ValueError:
        wanted = "times, such as 2026-03" if field in TIMES else "whole numbers"
        raise Invalid(name, f"must be {wanted}.") from None


def _number(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


def _instant(text: str) -> datetime:
    """From the year on; UTC where no zone is said."""
    is_cut = len(text) < len(_REST)
    if not text.isascii() or not (_CUT.fullmatch if is_cut else _CUT.match)(text):
        raise ValueError(text)
    found = datetime.fromisoformat(text + _REST[len(text) :] if is_cut else text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _attribute(version: Body, field: str) -> Any:
    if field in {"id", "type"}:
        return version[field]
    found: Any = version["attributes"]
    for step in field.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found
