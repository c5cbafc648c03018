"""Which states a version may be in, and what each allows (source: `design.md`, Lifecycle)."""

from typing import Any

from assetversions.domain.errors import Conflict, ReadOnly
from assetversions.domain.model import Asset, State, Version

READ_ONLY = frozenset({State.ARCHIVED, State.DELETED})


def check_live(asset: Asset) -> None:
    """ReadOnly for an asset that was archived."""
    if asset.archived_at is not None:
        raise ReadOnly(f"Asset '{asset.ref.asset_id}' is archived and read-only.")


def check_editable(version: Version) -> None:
    """ReadOnly for a version that takes no edit of its comment or alias."""
    if version.state in READ_ONLY:
        raise ReadOnly(f"Version {version.number} is {version.state} and read-only.")


def archived(version: Version) -> dict[str, Any]:
    """The fields that archiving sets; Conflict if the version's state does not allow it."""
    if version.state in READ_ONLY:
        raise Conflict(f"Version {version.number} is {version.state} already.")
    return {"state": State.ARCHIVED, "archived_from": version.state}


def unarchived(version: Version) -> dict[str, Any]:
    """The fields that unarchiving sets; Conflict if the version is not archived."""
    if version.state is not State.ARCHIVED or version.archived_from is None:
        raise Conflict(f"Version {version.number} is {version.state}, not archived.")
    return {"state": version.archived_from, "archived_from": None}
