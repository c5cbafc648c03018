"""Results into VAMS bodies: publishing, clones, activation, deletion and history."""

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.vams.ids import spell
from assetversions.dialects.vams.pages import Body, next_token
from assetversions.dialects.vams.replies.versions import operation_body
from assetversions.dialects.vams.reports import accepted
from assetversions.domain.commits import Move
from assetversions.domain.event_log import ALIAS, CURRENT, PUBLISHED
from assetversions.domain.ids import version_id
from assetversions.domain.model import Asset
from assetversions.domain.outbox import FILES_CHANGED, Told
from assetversions.domain.results.versions import Deferred, Done, HistoryAt, HistoryPage, HistorySince

POINTERS = frozenset({CURRENT, PUBLISHED, ALIAS})


def published(done: Done | Deferred) -> Reply:
    if isinstance(done, Deferred):
        return accepted(done)
    return operation_body(done, "publish", "Asset version published successfully")


def cloned(done: Done | Deferred) -> Reply:
    if isinstance(done, Deferred):
        return accepted(done)
    sentence = "Asset version cloned successfully"
    return operation_body(done, "clone", {"assetVersionId": spell(done.version_id), "message": sentence})


def activated(done: Done | Deferred) -> Reply:
    if isinstance(done, Deferred):
        return accepted(done)
    return operation_body(done, "activate", "Asset version activated successfully")


def deleted(done: Done) -> Reply:
    return operation_body(done, "delete", "Asset version deleted successfully")


def history(found: HistoryPage | HistorySince | HistoryAt) -> Reply:
    if isinstance(found, HistoryAt):
        facts = _pointers(found)
        return Reply(200, {"message": facts} | facts, etag(found.asset.rev))
    shown = [_event(told, found.asset) for told in found.events]
    more = {"after": found.after} if isinstance(found, HistorySince) else next_token(found.cursor)
    return Reply(200, {"message": {"events": shown}, "events": shown} | more, etag(found.asset.rev))


def _pointers(found: HistoryAt) -> Body:
    asset, then = found.asset, found.pointers
    return {
        "at": milliseconds(found.instant),
        "currentVersion": _named(asset, then.current),
        "publishedVersion": _named(asset, then.published),
        "aliases": {name: _named(asset, number) for name, number in then.aliases.items()},
    }


def _event(told: Told, asset: Asset) -> Body:
    event = told.event
    files = [{"relativeKey": one.path, "before": one.before, "after": one.after} for one in told.files]
    return {
        "eventId": event.event_id,
        "event": event.kind,
        "version": _named(asset, event.number),
        "dateCreated": milliseconds(event.at),
        "createdBy": event.by,
        "personId": event.person or None,
        "rev": event.rev or None,
        "changes": [_change(move, asset) for move in event.moves],
        "details": event.detail,
    } | ({"files": files} if event.kind == FILES_CHANGED else {})


def _change(move: Move, asset: Asset) -> Body:
    """`before` and `after` are versions where a pointer moved, else the values of a version's field."""
    if move.what in POINTERS:
        sides: Body = {
            "before": _named(asset, int(move.before or 0)),
            "after": _named(asset, int(move.after or 0)),
        }
        return {"what": move.what} | ({"alias": move.name} if move.what == ALIAS else {}) | sides
    where = _named(asset, int(move.name))
    return {"what": move.what, "version": where, "before": move.before, "after": move.after}


def _named(asset: Asset, number: int | None) -> Body | None:
    if not number:
        return None
    return {"assetVersionId": spell(version_id(asset.uid, number)), "Version": str(number)}
