"""How VAMS spells a version: `v-` and 26 base32 characters, a number, `current`, `latest`, or an alias."""

import base64
import re
from uuid import UUID

from assetversions.dialects.common.http import unknown
from assetversions.domain import ids, names
from assetversions.domain.commands.common import Standing, VersionRef
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import AssetRef

_ID = re.compile(r"v-[a-z2-7]{26}")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_PREFIX = "v-"


def root(asset: AssetRef) -> str:
    """What stands before the paths of an asset's files in VAMS's keys."""
    return f"{asset.database_id}/{asset.asset_id}/"


def spell(version_id: UUID) -> str:
    return _PREFIX + base64.b32encode(version_id.bytes).decode().rstrip("=").lower()


def version_ref(text: str, field: str = "assetVersionId") -> VersionRef:
    """What a path's `assetVersionId` names; NotFound for what can't name one at all."""
    if _NUMBER.fullmatch(text):
        return VersionRef(number=int(text))
    if _ID.fullmatch(text):
        return VersionRef(version_id=_read(text))
    if _like_id(text) or text.isdecimal():
        raise NotFound("version", text)
    if text in set(Standing):
        return VersionRef(standing=Standing(text))
    if text.lower() in names.RESERVED_ALIASES:
        raise Invalid(
            field,
            f"'{text}' is reserved; name a version by its number, id or alias, or as 'current' or 'latest'.",
        )
    return VersionRef(alias=names.alias(text, field))


def alias_ref(text: str) -> VersionRef:
    """The way to one that looks like a number, or has a slash."""
    return VersionRef(alias=alias(text, "assetVersionIdAlias"))


def alias(text: str, field: str = "versionAlias") -> str:
    """Without what stands around it; one that can't be taken for an id."""
    stripped = text.strip()
    if _like_id(stripped):
        raise Invalid(
            field, f"must not begin with '{_PREFIX}', as the ids of versions do; choose another one."
        )
    return names.alias(stripped, field)


def _like_id(text: str) -> bool:
    return text.lower().startswith(_PREFIX)


def _read(text: str) -> UUID:
    value = UUID(bytes=base64.b32decode(text.removeprefix(_PREFIX).upper() + "======"))
    with unknown("version", text):
        ids.split_version_id(value)
    if spell(value) != text:
        raise NotFound("version", text)
    return value
