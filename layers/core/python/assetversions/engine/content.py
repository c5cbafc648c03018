"""Store what a caller sends as a version's content and variables, before the commit that shows it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice

from msgspec.structs import replace

from assetversions.domain import variables as rules
from assetversions.domain.commands.content import (
    ExternalContent,
    FetchedContent,
    ImportedContent,
    InlineContent,
    NewContent,
)
from assetversions.domain.errors import Error, Unprocessable
from assetversions.domain.journal import ChangeKind, file_set
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.model import Asset, Content
from assetversions.domain.ports.manifests import Excerpt, Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.primary_file import Primary
from assetversions.domain.variables import Resolved, Variable
from assetversions.engine import journal, settle
from assetversions.engine.authorize import attributes
from assetversions.engine.claiming import at_work
from assetversions.engine.file_types import check_types
from assetversions.engine.lookup import newest_versions


def store_files(
    services: Services,
    asset: Asset,
    rows: Iterable[PathChange],
    base: Root | None,
    excerpt: Excerpt | None = None,
) -> tuple[Stored, Content | None]:
    """The manifest of what is current in these rows, and the one among them that stands for all."""
    primary = Primary(asset.primary)
    return services.manifests.write(asset.uid, primary.watch(rows), base, excerpt), primary.content()


@contextmanager
def stored_content(
    services: Services, asset: Asset, given: NewContent
) -> Iterator[tuple[Stored, Content | None]]:
    """A text becomes a file of the asset, and the version's only one; an address leaves it without files.
    What is to be fetched was fetched before.

    The commit is done within; where it is refused, what stood below the text is the newest again. Until then
    a snapshot takes the file as it was. Conflict while a restore changes the working files.
    """
    if isinstance(given, ExternalContent):
        stored = services.manifests.write(asset.uid, [], None)
        yield stored, Content(given.media_type, None, url=given.url)
        return
    assert not isinstance(given, ImportedContent)
    with _put(services, asset, given) as entry:
        stored, content = store_files(services, asset, [PathChange(entry.path, None, entry)], None)
        yield stored, content and replace(content, media_type=given.media_type)


@contextmanager
def _put(services: Services, asset: Asset, given: InlineContent | FetchedContent) -> Iterator[Entry]:
    path, kind = given.path, ChangeKind.CONTENT
    check_types(services, asset, [path], "content.type")
    look = partial(newest_versions, services, asset, [path])
    begin = partial(journal.begin, services, asset, kind, file_set(kind, path), [path], look)
    change, states = journal.insist(begin)
    refusal: Error | None = None
    with at_work(services, asset, change, states):
        entry = services.contents.put(asset.ref, path, *_bytes(given), change.mark)
        done = [state._replace(after=entry.version_id) for state in states]
        try:
            yield entry
        except Error as error:
            refusal = error
            _take_back(services, asset, entry)
            done = settle.outcome(services, asset, states, {path: entry.version_id})
    journal.end(services, asset, change, done)
    if refusal is not None:
        raise refusal


def _bytes(given: InlineContent | FetchedContent) -> tuple[bytes, str]:
    """What is stored, and under which type: of what was fetched nobody knows the alphabet."""
    if isinstance(given, FetchedContent):
        return given.data, given.media_type
    return given.text.encode(), f"{given.media_type}; charset=utf-8"


def _take_back(services: Services, asset: Asset, entry: Entry) -> None:
    """Nothing is touched once something else stands there."""
    newest, *below = islice(services.history.of(asset.ref, entry.path), 2)
    if newest.version_id == entry.version_id:
        there = below and not below[0].deleted
        settle.put_back(services, asset, {entry.path: below[0].version_id if there else None})


def store_variables(services: Services, asset: Asset, definitions: Sequence[Variable]) -> str | None:
    """Their digest, None for none. Asks nothing of the caller: a job stores them, too."""
    return services.contents.keep_variables(asset.uid, definitions) if definitions else None


def check_presets(services: Services, definitions: Sequence[Variable]) -> None:
    """Unprocessable for a preset that names no asset the caller may read."""
    check_references(services, rules.preset_references(definitions))


def check_references(services: Services, references: Sequence[Resolved]) -> None:
    """Unprocessable for assets that don't exist or that the caller may not read: no telling which."""
    uids = {one.value.asset for one in references if one.value.asset is not None}
    readable = {uid for uid in uids if _readable(services, uid)}
    problems = {
        one.where: f"there is no asset '{one.value.text}'."
        for one in references
        if one.value.asset not in readable
    }
    if problems:
        raise Unprocessable(problems)


def _readable(services: Services, uid: int) -> bool:
    asset = services.records.asset_by_uid(uid)
    return asset is not None and services.guard.allows("read", attributes(asset))
