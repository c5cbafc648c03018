"""Version ids that prove their asset and carry their number, so that no index and no lookup is needed.

A version id is a UUIDv8 (RFC 9562) whose 122 free bits are the asset's 90 random bits and the version's
number (32 bits). Dialects spell the same 128 bits in their own way. An event's id is a UUIDv7.
"""

import secrets
import time
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

UID_BITS = 90
NUMBER_BITS = 32
MAX_NUMBER = 2**NUMBER_BITS - 1

_A_BITS, _B_BITS, _C_BITS = 48, 12, 62
_VERSION, _VARIANT = 8, 0b10
_IN_TIME = 7
_RANDOM_BITS = 42
_BELOW_TIME = 74
# The millisecond of the newest UUIDv7.
_last = 0


def new_asset_uid() -> int:
    """Draw the 90 random bits that an asset keeps for life."""
    return secrets.randbits(UID_BITS)


def uid_text(uid: int) -> str:
    return f"{uid:023x}"


def version_id(uid: int, number: int) -> UUID:
    """Pack an asset's bits and a version number (1 to 2^32-1) into one UUIDv8."""
    if not 0 <= uid < 1 << UID_BITS or not 0 < number <= MAX_NUMBER:
        raise ValueError("An asset uid has 90 bits and a version number 32.")
    return _packed(uid, number)


def asset_uuid(uid: int) -> UUID:
    """The same for the asset itself, under the number that no version has."""
    return _packed(uid, 0)


def uuid7() -> UUID:
    """For what has no place of its own in time: each of a container sorts behind those before it."""
    global _last
    _last = max(time.time_ns() // 1_000_000, _last + 1)
    return _shaped((_last << _BELOW_TIME) | secrets.randbits(_BELOW_TIME), _IN_TIME)


def lasting_uuid7(at: datetime, name: str) -> UUID:
    """The same for the same moment and name, in its place in time."""
    below = uuid5(NAMESPACE_OID, name).int & ((1 << _BELOW_TIME) - 1)
    return _shaped((int(at.timestamp() * 1000) << _BELOW_TIME) | below, _IN_TIME)


def event_id(at: datetime, rev: int) -> str:
    """Ids of one asset sort as its revisions do, if `at` never goes back: the same moment may come again."""
    free = (int(at.timestamp() * 1000) << NUMBER_BITS) | rev
    return str(_shaped((free << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS), _IN_TIME))


def split_asset_uuid(value: UUID) -> int:
    """The asset uid in such a UUID; ValueError if it is not one of ours."""
    uid, number = _split(value)
    if number != 0:
        raise ValueError("Not an asset's UUID.")
    return uid


def _packed(uid: int, number: int) -> UUID:
    return _shaped((uid << NUMBER_BITS) | number, _VERSION)


def _shaped(free: int, version: int) -> UUID:
    """A UUID of 122 free bits."""
    a = free >> (_B_BITS + _C_BITS)
    b = (free >> _C_BITS) & ((1 << _B_BITS) - 1)
    c = free & ((1 << _C_BITS) - 1)
    return UUID(int=(a << 80) | (version << 76) | (b << 64) | (_VARIANT << 62) | c)


def split_version_id(value: UUID) -> tuple[int, int]:
    """The asset uid and the number in a version id; ValueError if it is not one of ours."""
    uid, number = _split(value)
    if number == 0:
        raise ValueError("Not a version id.")
    return uid, number


def _split(value: UUID) -> tuple[int, int]:
    bits = value.int
    if (bits >> 76) & 0xF != _VERSION or (bits >> 62) & 0b11 != _VARIANT:
        raise ValueError("Not a version id.")
    a, b, c = bits >> 80, (bits >> 64) & 0xFFF, bits & ((1 << _C_BITS) - 1)
    free = (a << (_B_BITS + _C_BITS)) | (b << _C_BITS) | c
    return free >> NUMBER_BITS, free & MAX_NUMBER
