"""What is said of an asset and its files: stored, changed key by key, and brought back from a version."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from assetversions.domain.commits import Change
from assetversions.domain.errors import Forbidden
from assetversions.domain.file_metadata import FileKind, FileMetadata
from assetversions.domain.lifecycle import check_live
from assetversions.domain.metadata import Metadata, properties, put
from assetversions.domain.model import Asset, Database, Version
from assetversions.domain.names import folders
from assetversions.domain.outbox import FILE_UPDATED
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine import once
from assetversions.engine.commit import commit_with_retry, head_change, new_event, retried

if TYPE_CHECKING:
    from assetversions.domain.commands.links import PutLinkMetadata
    from assetversions.domain.commands.metadata import OfFile, PutAssetMetadata, PutDatabaseMetadata
    from assetversions.domain.once import Receipt

MISSING = "There is no such key."
# Of the document of an asset, and of the list of what is said of its files.
Digests = tuple[str | None, str | None]
# What is said of one thing, and the change that has something else said of it.
Said = tuple[Metadata, Callable[[Metadata], Change]]
# The same of what has no versions: LostRace where something else was said meanwhile.
Kept = tuple[Metadata, Callable[[Metadata, "Receipt | None"], None]]


def store_metadata(services: Services, asset: Asset, metadata: Metadata, before: Metadata = ()) -> str | None:
    """The document's digest, None for none. A crash leaves at worst a property that no asset has.

    What the asset had `before` is known to the database already.
    """
    if new := properties(metadata) - properties(before):
        services.properties.define(asset.ref, new)
    return services.manifests.write_metadata(asset.uid, metadata)


def change_metadata(
    services: Services,
    asset: Asset,
    file: "OfFile | None",
    keys: Collection[str],
    edit: Callable[[Metadata], Metadata],
    expected_rev: int | None,
    must_be: bool = False,
) -> MetadataChanged:
    """Commit what `edit` makes of the asset's metadata, or a file's, read anew each time a race is lost.

    Nothing is committed where that is what they are. Keys that `must_be` there, and are not, have failed.
    """
    check_live(asset)
    at = services.now()

    def build(head: Asset) -> tuple[Change | None, MetadataChanged]:
        before, store = _of_asset(services, head) if file is None else _of_file(services, head, file)
        done, after = _told(keys, at, before if must_be else None), edit(before)
        if after == before:
            return None, replace(done, rev=head.rev)
        change = store(after)
        return change, replace(done, rev=change.after.rev)

    return commit_with_retry(services, asset, build, expected_rev, lambda _head, made: made)[1]


def edit_of(
    services: Services, command: "PutAssetMetadata | PutDatabaseMetadata | PutLinkMetadata"
) -> tuple[tuple[str, ...], Callable[[Metadata], Metadata]]:
    """The keys that are put, and what is said then. Forbidden to replace all for who may not delete it."""
    if command.replace and not all(services.guard.calls(method, "update") for method in ("POST", "DELETE")):
        raise Forbidden(
            "To replace all takes the right to POST and DELETE here; change single ones by 'update'."
        )
    keys = tuple(entry.key for entry in command.entries)
    return keys, partial(put, entries=command.entries, instead=command.replace)


def change_said(
    services: Services,
    read: Callable[[], Kept],
    keys: Collection[str],
    edit: Callable[[Metadata], Metadata],
    must_be: bool = False,
) -> MetadataChanged:
    """The same for what has neither versions nor a history."""
    at = services.now()

    def attempt() -> MetadataChanged:
        before, store = read()
        done, after = _told(keys, at, before if must_be else None), edit(before)
        if after == before:
            once.end(services, done)
        else:
            store(after, once.receipt(services, done))
        return done

    return retried(attempt, "Too much is said of this at once; send the request again.")


def said_of(services: Services, database: Database) -> Callable[[], Kept]:
    """Reads what is said of a database."""
    records, name = services.records, database.database_id

    def read() -> Kept:
        before, times = records.said(name)
        return before, lambda after, receipt: records.say(name, after, times, receipt)

    return read


def _of_asset(services: Services, head: Asset) -> Said:
    before = services.manifests.metadata(head.uid, [head.metadata])[head.metadata]

    def store(after: Metadata) -> Change:
        digest = store_metadata(services, head, after, before)
        note = new_event(services, "asset.updated", head.current or 0, fields="metadata")
        return head_change(head, note, metadata=digest)

    return before, store


def _of_file(services: Services, head: Asset, file: "OfFile") -> Said:
    row = services.manifests.file_metadata_at(head.uid, head.file_metadata, file.path)

    def store(after: Metadata) -> Change:
        rows = [row.having(file.kind, after)]
        digest = services.manifests.write_file_metadata(head.uid, head.file_metadata, rows)
        note = new_event(services, FILE_UPDATED, head.current or 0, path=file.path, fields=str(file.kind))
        return head_change(head, note, file_metadata=digest)

    return row.of(file.kind), store


def take_along(services: Services, asset: Asset, source: Asset, went: Mapping[str, str], moves: bool) -> None:
    """Have said of files what is said of their sources, alone; where they `move`, no more of these.

    `went` has the new path of each by its old one. Repeated, it changes nothing more. It costs nothing where
    nothing is said of any file.
    """
    stands = moves and asset.primary in went
    if source.file_metadata is None and asset.file_metadata is None and not stands:
        return

    def build(head: Asset) -> tuple[Change | None, None]:
        origin = head if source.ref == head.ref else source
        rows, fields = _going(services, head, origin, went, moves)
        follows = went.get(head.primary or "") if moves else None
        if not rows and not follows:
            return None, None
        digest = services.manifests.write_file_metadata(head.uid, head.file_metadata, rows)
        path = rows[0].path if rows else follows
        note = new_event(services, FILE_UPDATED, head.current or 0, path=path, fields=", ".join(fields))
        return head_change(head, note, file_metadata=digest, primary=follows or head.primary), None

    commit_with_retry(services, asset, build, None, result=None)


def moved_along(services: Services, head: Asset, said: str | None, went: Mapping[str, str]) -> str | None:
    """The list of what is `said` of files, once those have their new paths."""
    if said is None or not went:
        return said
    before = replace(head, file_metadata=said)
    rows, _kinds = _going(services, before, before, went, moves=True)
    return services.manifests.write_file_metadata(head.uid, said, rows) if rows else said


def _going(
    services: Services, head: Asset, origin: Asset, went: Mapping[str, str], moves: bool
) -> tuple[list[FileMetadata], list[FileKind]]:
    """What is to be said from now on, and of what kinds it is; nothing where it is said already."""
    rows: list[FileMetadata] = []
    kinds: set[FileKind] = set()
    for path, to in went.items():
        said = services.manifests.file_metadata_at(origin.uid, origin.file_metadata, path)
        there = services.manifests.file_metadata_at(head.uid, head.file_metadata, to)
        new, gone = said._replace(path=to), FileMetadata(path)
        if new != there and not (moves and said == gone):
            rows += [new, gone] if moves else [new]
            kinds |= {kind for kind in FileKind if said.of(kind) or there.of(kind)}
    return rows, [kind for kind in FileKind if kind in kinds]


def _told(keys: Collection[str], at: datetime, needed: Metadata | None) -> MetadataChanged:
    """Which of the keys are there, if they have to be."""
    there = keys if needed is None else {entry.key for entry in needed}
    failed = {key: MISSING for key in keys if key not in there}
    return MetadataChanged(tuple(key for key in keys if key in there), at, failed)


def metadata_back(services: Services, head: Asset, target: Version, paths: Collection[str]) -> Digests:
    """What the head says once that of a version is back: of files at these paths alone, if there are any.

    A version of which nothing was said brings nothing back, and leaves all as it is.
    """
    if target.metadata is None and target.file_metadata is None:
        return head.metadata, head.file_metadata
    if not paths:
        return target.metadata, target.file_metadata
    beside = services.manifests.file_metadata_beside(head.uid, head.file_metadata, target.file_metadata)
    wanted = frozenset(paths)
    rows = [then for _, then in beside if wanted & {then.path, *folders(then.path)}]
    if not rows:
        return target.metadata, head.file_metadata
    return target.metadata, services.manifests.write_file_metadata(head.uid, head.file_metadata, rows)
