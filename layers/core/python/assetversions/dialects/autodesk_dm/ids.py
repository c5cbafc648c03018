"""How Data Management names things: URNs whose key is the asset's or the version's bits in URL-safe base64.

A version's URN says its number twice: HTTP APIs may cut a path at the `?` of `?version=3`, however it was
escaped, and what is left still has to name that version and no other.
"""

import base64
import re
from uuid import UUID

from assetversions.dialects.common.http import unknown
from assetversions.domain import names
from assetversions.domain.commands.common import AssetName, VersionRef
from assetversions.domain.errors import NotFound
from assetversions.domain.ids import MAX_NUMBER, UID_BITS, split_version_id, version_id
from assetversions.domain.model import AssetRef, AssetUid

ITEM_PREFIX = "urn:adsk.wipprod:dm.lineage:"
FOLDER_PREFIX = "urn:adsk.wipprod:fs.folder:co."
VERSION_PREFIX = "urn:adsk.wipprod:fs.file:vf."
# BIM 360 writes its project ids so.
PROJECT_PREFIX = "b."

# 90 bits and six more are 12 bytes; the six are zero, and so is the first digit.
_BYTES = 12
_KEY = re.compile(r"[A-Za-z0-9_-]{15}")
_VERSION_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
# Clients put the number behind either URN.
_URN = re.compile(
    f"(?:{re.escape(ITEM_PREFIX)}|{re.escape(VERSION_PREFIX)})"
    r"([A-Za-z0-9_-]+)(?:\?version=([0-9]{1,10}))?"
)


def spell_item(uid: int) -> str:
    return ITEM_PREFIX + _key(uid)


def spell_version(uid: int, number: int) -> str:
    key = base64.urlsafe_b64encode(version_id(uid, number).bytes).decode().rstrip("=")
    return f"{VERSION_PREFIX}{key}?version={number}"


def spell_folder(database_id: str) -> str:
    return FOLDER_PREFIX + database_id


def spell_job(uid: int, job_id: str) -> str:
    """A job's address names no item, so its id has to."""
    return f"{_key(uid)}.{job_id}"


def read_job(project: str, text: str) -> tuple[AssetUid, str]:
    key, dot, job_id = text.partition(".")
    uid = _uid(key)
    if uid is None or not dot:
        raise NotFound("operation", text)
    with unknown("operation", text):
        return AssetUid(uid, text, read_project(project)), names.policy_name(job_id, "job_id")


def read_project(text: str) -> str:
    """The database that a project stands for; NotFound for what can't be one."""
    with unknown("project", text):
        return names.database_id(text.removeprefix(PROJECT_PREFIX), "project_id")


def read_item(project: str, text: str) -> AssetName:
    """An item's URN, or the asset id as it is; NotFound for what can't be either.

    The vendor's own links name an item by the URN of its versions, too.
    """
    uid = uid_of_item(text)
    if uid is not None:
        return AssetUid(uid, text, read_project(project))
    with unknown("item", text):
        return AssetRef(read_project(project), names.asset_id(text, "item_id"))


def uid_of_item(text: str) -> int | None:
    """The asset's uid in an item's or a version's URN; None for what is neither."""
    if both := split_version(text):
        return both[0]
    found = _URN.fullmatch(text)
    return _uid(found[1]) if found and found[2] is None else None


def read_version(project: str, text: str) -> tuple[AssetUid, VersionRef]:
    """A version's URN; NotFound for what can't be one."""
    found = split_version(text)
    if found is None:
        raise NotFound("version", text)
    uid, number = found
    return AssetUid(uid, text, read_project(project)), VersionRef(number=number)


def split_version(text: str) -> tuple[int, int] | None:
    """The asset's uid and the number in a version's URN; None for what is none."""
    found = _URN.fullmatch(text)
    if found is None:
        return None
    said = None if found[2] is None else int(found[2])
    both, uid = _of_version(found[1]), _uid(found[1])
    if both is not None:
        return both if said in {None, both[1]} else None
    if uid is None or said is None or not 0 < said <= MAX_NUMBER:
        return None
    return uid, said


def _of_version(key: str) -> tuple[int, int] | None:
    """The uid and the number in the key of a version; None for what is none."""
    if not _VERSION_KEY.fullmatch(key):
        return None
    try:
        return split_version_id(UUID(bytes=base64.urlsafe_b64decode(key + "==")))
    except ValueError:
        return None


def _key(uid: int) -> str:
    return base64.urlsafe_b64encode(uid.to_bytes(_BYTES)).decode()[1:]


def _uid(key: str) -> int | None:
    if not _KEY.fullmatch(key):
        return None
    uid = int.from_bytes(base64.urlsafe_b64decode("A" + key))
    return uid if uid < 1 << UID_BITS else None
