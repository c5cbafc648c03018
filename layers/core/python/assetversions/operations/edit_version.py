"""Change one existing version: what update, archive and unarchive have in common."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assetversions.domain.commands import VersionRef
from assetversions.domain.model import Asset, Change, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Done
from assetversions.operations.commit import commit, event, moved
from assetversions.operations.lookup import find_version


def edit_version(
    services: Services,
    asset: Asset,
    ref: VersionRef,
    edit: Callable[[Asset, Version], dict[str, Any]],
    kind: str,
    expected_rev: int | None,
) -> Done:
    """Commit the fields that `edit` gives for the version, read anew each time a race is lost."""

    def build(head: Asset) -> tuple[Change, Version]:
        old = find_version(services, head, ref)
        note = event(services, kind, old.number)
        new = replace(old, modified_at=note.at, modified_by=services.user, **edit(head, old))
        change = replace(moved(head, note), updated=(new,))
        if new.alias != old.alias:
            change = replace(change, alias_taken=new.alias, alias_freed=old.alias)
        return change, new

    return Done(*commit(services, asset, build, expected_rev))
