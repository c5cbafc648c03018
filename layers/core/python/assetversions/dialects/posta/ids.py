"""How Posta spells ids: `ast_` and the asset's bits, `astv_` and the version id's, both in base62."""

from uuid import UUID

from assetversions.dialects.common.http import unknown
from assetversions.domain import ids
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.errors import NotFound
from assetversions.domain.model import AssetUid

ASSET_PREFIX, VERSION_PREFIX = "ast_", "astv_"
ASSET_DIGITS, VERSION_DIGITS = 16, 22

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def spell_asset(uid: int) -> str:
    return ASSET_PREFIX + _spell(uid, ASSET_DIGITS)


def spell_version(version_id: UUID) -> str:
    return VERSION_PREFIX + _spell(version_id.int, VERSION_DIGITS)


def read_asset(text: str) -> int | None:
    """The uid in an asset's id; None for what is none."""
    uid = _read(text, ASSET_PREFIX, ASSET_DIGITS)
    return uid if uid is not None and uid < 1 << ids.UID_BITS else None


def asset_name(text: str) -> AssetUid:
    """What a path's `assetId` names; NotFound for what can't be an id."""
    uid = read_asset(text)
    if uid is None:
        raise NotFound("asset", text)
    return AssetUid(uid, text)


def version_ref(text: str) -> VersionRef:
    """What a path's `versionId` names; NotFound for what can't be an id."""
    bits = _read(text, VERSION_PREFIX, VERSION_DIGITS)
    with unknown("version", text):
        version_id = UUID(int=-1 if bits is None else bits)
        ids.split_version_id(version_id)
    return VersionRef(version_id=version_id)


def _spell(bits: int, digits: int) -> str:
    text = ""
    for _ in range(digits):
        bits, digit = divmod(bits, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def _read(text: str, prefix: str, digits: int) -> int | None:
    body = text.removeprefix(prefix)
    if not text.startswith(prefix) or len(body) != digits or not set(body) <= set(_DIGITS):
        return None
    bits = 0
    for character in body:
        bits = bits * len(_DIGITS) + _DIGITS.index(character)
    return bits
