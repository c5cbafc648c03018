"""What a version's record only points at or says nothing of: its variables, links to its content."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypedDict

from msgspec.structs import replace

from assetversions.domain.commands.versions import Expansion
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import VersionExtras
from assetversions.domain.span import Bytes
from assetversions.domain.variables import Variable
from assetversions.engine.authorize import attributes

# What a content that is sent as a text may have.
MOST_TEXT = 102_400


class Extra(TypedDict, total=False):
    """Some fields of `VersionExtras`."""

    variables: tuple[Variable, ...]
    content_url: str | None
    thumbnail_url: str | None
    metadata: Metadata
    restoring: bool
    author_gone: bool
    newest_state: State | None
    text: str | None
    has_content: bool
    has_thumbnail: bool


# What one expansion adds, for each version in order.
Reads = Callable[[Services, Asset, Sequence[Version]], list[Extra]]


def expand_versions(
    services: Services, asset: Asset, versions: Sequence[Version], wanted: Collection[Expansion]
) -> tuple[VersionExtras, ...]:
    """For each version in order; what versions share is read once."""
    found = [VersionExtras() for _ in versions]
    for expansion in wanted:
        read = _READS[expansion](services, asset, versions)
        found = [replace(one, **fields) for one, fields in zip(found, read, strict=True)]
    return tuple(found)


def variables_of(services: Services, version: Version) -> tuple[Variable, ...]:
    if version.variables is None:
        return ()
    return services.contents.variables(version.uid, [version.variables])[version.variables]


def _variables(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    digests = {version.variables for version in versions if version.variables}
    found = services.contents.variables(asset.uid, digests) if digests else {}
    return [{"variables": found.get(version.variables or "", ())} for version in versions]


def _links(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    files = _given_out(services, asset, versions)
    links = {file: services.transfers.read_link(asset.ref, *file) for file in files}

    def link(file: tuple[str, str] | None) -> str | None:
        return None if file is None else links.get(file)

    return [
        {
            "content_url": (version.content and version.content.url) or link(version.content_file),
            "thumbnail_url": link(version.thumbnail_file),
        }
        for version in versions
    ]


def _there(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    files = _given_out(services, asset, versions)
    return [
        {"has_content": version.content_file in files, "has_thumbnail": version.thumbnail_file in files}
        for version in versions
    ]


def _given_out(services: Services, asset: Asset, versions: Sequence[Version]) -> set[tuple[str, str]]:
    """Files of an asset that is not distributable are not handed out, nor are links to what is gone."""
    wanted = {file for version in versions for file in (version.content_file, version.thumbnail_file) if file}
    files = [Entry(*file, size=0, etag="", modified=0) for file in sorted(wanted)]
    lost = services.files.missing(asset.ref, files) if asset.is_distributable else files
    return wanted - {(entry.path, entry.version_id) for entry in lost}


def _metadata(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    found = services.manifests.metadata(asset.uid, {version.metadata for version in versions})
    return [{"metadata": found[version.metadata]} for version in versions]


def _status(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    lease = asset.lease
    restored = lease.number if lease is not None and lease.until > services.now() else None
    authors = {(version.person, version.created_by) for version in versions}
    gone = {author for author in authors if _gone(services, *author)}
    return [
        {"restoring": version.number == restored, "author_gone": (version.person, version.created_by) in gone}
        for version in versions
    ]


def _gone(services: Services, person: str, name: str) -> bool:
    """Neither a user of the pool nor a machine that has a membership; another one may have the name."""
    user = services.users.find(name)
    if user is not None:
        return user.person != person
    return person != name or services.policies.membership(person) is None


def _newest(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    state = _newest_state(services, asset, versions)
    return [{"newest_state": state} for _ in versions]


def _newest_state(services: Services, asset: Asset, versions: Sequence[Version]) -> State | None:
    if asset.newest is None or not versions:
        return None
    shown = {version.number: version for version in versions}
    newest = shown.get(asset.newest) or services.records.version(asset.ref, asset.newest)
    return None if newest is None else newest.state


def _texts(services: Services, asset: Asset, versions: Sequence[Version]) -> list[Extra]:
    """Whoever may replace the content of a draft may read it, be the asset distributable or not."""
    if not services.guard.allows("update", attributes(asset)):
        return [{} for _ in versions]
    return [{"text": _text(services, asset, version)} for version in versions]


def _text(services: Services, asset: Asset, version: Version) -> str | None:
    """None for what is no open draft of one file, for a larger file or no text, and for lost bytes."""
    file, length = version.content_file, version.bytes
    is_open = version.open and version.state is State.DRAFT
    if file is None or not is_open or version.files != 1 or length > MOST_TEXT:
        return None
    if not length:
        return ""
    data = services.transfers.read(asset.ref, Entry(*file, length, etag="", modified=0), Bytes(0, length))
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        return None


_READS: Mapping[Expansion, Reads] = {
    Expansion.VARIABLES: _variables,
    Expansion.LINKS: _links,
    Expansion.THERE: _there,
    Expansion.METADATA: _metadata,
    Expansion.STATUS: _status,
    Expansion.NEWEST: _newest,
    Expansion.TEXT: _texts,
}
