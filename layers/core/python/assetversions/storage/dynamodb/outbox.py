"""The table's stream as the outbox: which of its records tell of something, and of what."""

from typing import Any

from assetversions.domain.commits import Event
from assetversions.domain.ids import asset_uuid
from assetversions.domain.jobs import Job
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.outbox import ASSET_CREATED, JOB_ENDED, Told, files_changed
from assetversions.domain.policy import PolicyEvent
from assetversions.storage.dynamodb import event_items, items, job_items, journal_items, keys, policy_items
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.values import plain

_OPEN = list(job_items.JOB_OPEN)
_IN_AN_ASSET = {keys.PARTITION: {"S": [{"prefix": keys.ASSET_PREFIX}]}}
_SORT = keys.SORT


def _of_asset(sort: object, **images: object) -> dict[str, Any]:
    return {"dynamodb": {"Keys": {**_IN_AN_ASSET, _SORT: {"S": [sort]}}, **images}}


# What Lambda lets through of the stream; five filters are what an account has without asking.
FILTERS: tuple[dict[str, Any], ...] = (
    {"eventName": ["INSERT"], **_of_asset({"prefix": keys.EVENT_PREFIX})},
    {"eventName": ["INSERT"], **_of_asset(keys.HEAD)},
    # A set of changes counts from the moment that it is closed.
    {
        "eventName": ["INSERT"],
        **_of_asset({"prefix": keys.CHANGE_PREFIX}, NewImage={"closed_at": {"S": [{"exists": True}]}}),
    },
    {
        "eventName": ["MODIFY"],
        **_of_asset(
            {"prefix": keys.JOB_PREFIX},
            NewImage={"state": {"S": [{"anything-but": _OPEN}]}},
            OldImage={"state": {"S": _OPEN}},
        ),
    },
    {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {keys.PARTITION: {"S": [keys.POLICY_EVENTS]}}},
    },
)


def read(record: dict[str, Any], table: Table) -> Told | PolicyEvent:
    """What a record that passed the filters tells; `table` has the paths of large changes."""
    item = plain({"M": record["dynamodb"]["NewImage"]})
    if item[keys.PARTITION] == keys.POLICY_EVENTS:
        return policy_items.to_event(item)
    ref, sort = AssetRef(*keys.of_asset(item[keys.PARTITION])), item[keys.SORT]
    if sort == keys.HEAD:
        asset = items.to_asset(item)
        if keys.head(asset.ref.database_id, asset.ref.asset_id)[keys.PARTITION] != item[keys.PARTITION]:
            raise ValueError("It is the head of another asset than its key says.")
        return Told(asset.ref, _created(asset))
    if sort.startswith(keys.EVENT_PREFIX):
        return Told(ref, event_items.to_event(item))
    if sort.startswith(keys.JOB_PREFIX):
        return Told(ref, _ended(job_items.to_job(ref, item)))
    return _changed(ref, item, table)


def _created(asset: Asset) -> Event:
    at, event_id = asset.created_at, str(asset_uuid(asset.uid))
    return Event(event_id, ASSET_CREATED, 0, at, asset.created_by, {"name": asset.name}, asset.rev)


def _ended(job: Job) -> Event:
    detail: dict[str, str | int | None] = {
        "job": job.job_id,
        "operation": str(job.kind),
        "state": str(job.state),
        "error": job.error,
        "done": job.done,
        "total": job.total,
    }
    at, who = job.modified_at, job.requested_by
    return Event(job.job_id, JOB_ENDED, job.version or 0, at, who, detail, person=job.person)


def _changed(ref: AssetRef, item: Item, table: Table) -> Told:
    paths, count = item["paths"], len(item["paths"])
    if item["chunks"]:
        paths, count = _large(ref, item, table)
    return files_changed(ref, journal_items.to_closed(item, {"paths": paths}), count)


def _large(ref: AssetRef, item: Item, table: Table) -> tuple[list[Any], int]:
    """The first paths of those that are kept apart, and how many: all items but the last are full."""
    last = int(item["chunks"]) - 1
    place = ref.database_id, ref.asset_id, item["closed_at"], item["set_id"]
    told = ChangeKind(item["kind"]).foreign
    numbers = sorted({0, last})
    found = table.get_many([keys.changed_paths(*place, number, told=told) for number in numbers])
    first, end = found[0], found[-1]
    if first is None or end is None:
        return [], 0
    return first["paths"], last * len(first["paths"]) + len(end["paths"])
