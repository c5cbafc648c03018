"""An asset's metadata: typed key-values, kept as one immutable document that versions share."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.metadata_values import ValueType as ValueType
from assetversions.domain.metadata_values import is_of

MAX_ENTRIES = 500
MAX_KEY_BYTES = 256
MAX_BYTES = 100_000


class Metadatum(NamedTuple):
    """One key with its value as text, which is of the type that it says."""

    key: str
    value: str
    value_type: ValueType


Metadata = tuple[Metadatum, ...]


class Property(NamedTuple):
    """What a database's assets can say about themselves: a key whose values are of one type."""

    key: str
    value_type: ValueType

    @property
    def place(self) -> str:
        """Where it stands among those of its database."""
        return f"{self.key}#{self.value_type}"

    @property
    def number(self) -> int:
        """Stands for it where an API wants a number; the same for ever, and exact in any JSON reader."""
        spelled = f"{self.value_type}:{self.key}".encode()
        return int.from_bytes(hashlib.blake2b(spelled, digest_size=6).digest())


def properties(metadata: Metadata) -> frozenset[Property]:
    return frozenset(Property(entry.key, entry.value_type) for entry in metadata)


def checked(entries: Iterable[Metadatum], field: str) -> Metadata:
    """The entries by key; Invalid names the first that is named twice or is not of its type."""
    found: dict[str, Metadatum] = {}
    for index, entry in enumerate(entries):
        spot = f"{field}.{index}"
        if entry.key in found:
            raise Invalid(f"{spot}.metadataKey", f"'{entry.key}' is named twice; name it once.")
        if not entry.key or not entry.key.isprintable() or entry.key != entry.key.strip():
            raise Invalid(
                f"{spot}.metadataKey", "must be printable and not empty, without a space at either end."
            )
        if len(entry.key.encode()) > MAX_KEY_BYTES:
            raise Invalid(f"{spot}.metadataKey", f"must not exceed {MAX_KEY_BYTES} bytes.")
        if not is_of(entry.value_type, entry.value):
            raise Invalid(
                f"{spot}.metadataValue", f"is not a {entry.value_type}; change it, or its metadataValueType."
            )
        found[entry.key] = entry
    return _with_room(found, field)


def put(before: Metadata, entries: Metadata, instead: bool = False) -> Metadata:
    """With new values for keys that are there, or `instead` of all; Invalid where there would be too many."""
    found = {entry.key: entry for entry in (*(() if instead else before), *entries)}
    if len(found) > MAX_ENTRIES:
        raise Invalid(
            "metadata", f"there would be {len(found)} keys; {MAX_ENTRIES} are the most; delete some first."
        )
    return _with_room(found, "metadata")


def without(before: Metadata, keys: Collection[str]) -> Metadata:
    return tuple(entry for entry in before if entry.key not in keys)


def differences(
    before: Metadata, after: Metadata
) -> Iterator[tuple[str, Metadatum | None, Metadatum | None]]:
    """By key, what is there on either side where that is not the same."""
    one, other = ({entry.key: entry for entry in side} for side in (before, after))
    for key in sorted(one.keys() | other.keys()):
        if one.get(key) != other.get(key):
            yield key, one.get(key), other.get(key)


def _with_room(found: Mapping[str, Metadatum], field: str) -> Metadata:
    metadata = tuple(found[key] for key in sorted(found))
    if len(encode(metadata)) > MAX_BYTES:
        raise TooLarge(f"{field}: all of it together may have {MAX_BYTES:,} bytes at most; say less.")
    return metadata


def encode(metadata: Metadata) -> bytes:
    return json.dumps([list(entry) for entry in metadata], ensure_ascii=False).encode()


def decode(body: bytes) -> Metadata:
    return tuple(Metadatum(key, value, ValueType(kind)) for key, value, kind in json.loads(body))
