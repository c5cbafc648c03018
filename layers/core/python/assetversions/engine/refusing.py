"""Hide files that others put there past us and whose type the database does not take."""

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime

from assetversions.domain.arrivals import Arrival, Told
from assetversions.domain.commits import Change
from assetversions.domain.journal import BUCKET, ChangeKind
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, Database
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FileChange
from assetversions.engine import lease
from assetversions.engine.claiming import met
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.lookup import newest_versions
from assetversions.engine.ours import Ours
from assetversions.engine.sound import beside_base

REFUSED = "file.refused"


def refuse_types(services: Services, asset: Asset, database: Database, arrivals: Iterable[Arrival]) -> None:
    """Put a delete marker on each, and say so on record first.

    What we put there ourselves stays, and so does what the last known manifest holds: it was taken once.
    Conflict, or AtWork, while we change them: whose a file is can't be told then.
    """
    puts = [one for one in arrivals if one.told.kind is ChangeKind.PUT and not database.takes(one.path)]
    puts.sort(key=lambda one: one.told.order)
    last = {one.path: one.told for one in puts}
    there = newest_versions(services, asset, list(last)) if last else {}
    standing = {path: told for path, told in last.items() if there[path] == told.version}
    if not standing:
        return
    _check_quiet(services, asset, standing)
    if refused := _foreign(services, asset, standing):
        _record(services, asset, refused)
        services.files.delete(asset.ref, refused)


def _check_quiet(services: Services, asset: Asset, paths: Container[str]) -> None:
    lease.check_free(services, asset)
    for change in services.journal.sets(asset.ref):
        if change.standing or change.claimed:
            continue
        if any(state.path in paths for state in services.journal.paths(asset.ref, change)):
            raise met(change)


def _foreign(services: Services, asset: Asset, standing: Mapping[str, Told]) -> list[str]:
    ours = Ours(services, asset)
    events = [
        FileChange(path, told.kind, datetime.fromtimestamp(told.at, UTC), BUCKET, told.version)
        for path, told in standing.items()
    ]
    of_others = {event.path: event.object_version for event in events if not ours.did(event)}

    def unknown(base: Root | None) -> list[str]:
        held = [] if base is None else services.manifests.at(asset.uid, base, of_others)
        known = {entry.path: entry.version_id for entry in held}
        return [path for path in sorted(of_others) if known.get(path) != of_others[path]]

    return beside_base(services, asset, unknown)


def _record(services: Services, asset: Asset, paths: list[str]) -> None:
    def build(head: Asset) -> tuple[Change, None]:
        lease.check_free(services, head)
        note = new_event(services, REFUSED, head.current or 0, path=paths[0], files=len(paths))
        # An archived asset takes no files either, and its history has what became of them.
        return head_change(head, note, archived_at=head.archived_at), None

    commit_with_retry(services, asset, build, None, result=None)
