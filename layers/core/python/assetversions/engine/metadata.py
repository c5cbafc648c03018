"""Store an asset's metadata, and let its database know which properties that makes."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from assetversions.domain.lifecycle import check_live
from assetversions.domain.metadata import Metadata, properties
from assetversions.domain.model import Asset, Change
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine import once
from assetversions.engine.commit import check_expected, commit_with_retry, head_change, new_event

MISSING = "There is no such key."


def store_metadata(services: Services, asset: Asset, metadata: Metadata, before: Metadata = ()) -> str | None:
    """The document's digest, None for none. A crash leaves at worst a property that no asset has.

    What the asset had `before` is known to the database already.
    """
    if new := properties(metadata) - properties(before):
        services.properties.define(asset.ref, new)
    return services.manifests.write_metadata(asset.uid, metadata)


class _AsItWas(Exception):
    """There is nothing to commit; `done` is so already."""

    def __init__(self, done: MetadataChanged) -> None:
        super().__init__()
        self.done = done


def change_metadata(
    services: Services,
    asset: Asset,
    keys: Collection[str],
    edit: Callable[[Metadata], Metadata],
    expected_rev: int | None,
    must_be: bool = False,
) -> MetadataChanged:
    """Commit what `edit` makes of the asset's metadata, read anew each time a race is lost.

    Nothing is committed where that is what they are. Keys that `must_be` there, and are not, have failed.
    """
    check_live(asset)
    check_expected(asset, expected_rev)
    at = services.now()

    def build(head: Asset) -> tuple[Change, MetadataChanged]:
        before = services.manifests.metadata(head.uid, [head.metadata])[head.metadata]
        done, after = _told(keys, at, before if must_be else None), edit(before)
        if after == before:
            raise _AsItWas(replace(done, rev=head.rev))
        digest = store_metadata(services, head, after, before)
        note = new_event(services, "asset.updated", head.current or 0, fields="metadata")
        change = head_change(head, note, metadata=digest)
        return change, replace(done, rev=change.after.rev)

    try:
        return commit_with_retry(services, asset, build, expected_rev, lambda _head, made: made)[1]
    except _AsItWas as same:
        once.end(services, same.done)
        return same.done


def _told(keys: Collection[str], at: datetime, needed: Metadata | None) -> MetadataChanged:
    """Which of the keys are there, if they have to be."""
    there = keys if needed is None else {entry.key for entry in needed}
    failed = {key: MISSING for key in keys if key not in there}
    return MetadataChanged(tuple(key for key in keys if key in there), at, failed)
