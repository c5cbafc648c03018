"""What was told to the bus, for the webhooks that want it: a delivery each, in the lane of the asset."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assetversions.domain.ids import uid_text
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.outbox import Told
from assetversions.domain.webhooks import Delivery, Webhook, delivery_id
from assetversions.runtime import cloud_events, outward, wiring

# Of the sequence numbers of a stream, the longest.
_DIGITS = 40


def fan_out(told: Iterable[tuple[str, Told]], assets: Mapping[AssetRef, Asset]) -> int:
    """How many deliveries there were; `told` comes with the sequence numbers of the stream, in order.

    The list is read each time: who has made a webhook gets all that is committed from then on.
    """
    store = outward.webhooks(wiring.table())
    hooks = list(store.all())
    if not hooks:
        return 0
    lanes: dict[tuple[str, str], list[tuple[str, Delivery]]] = defaultdict(list)
    for place, delivery in _wanted(told, assets, hooks):
        lanes[delivery.webhook_id, delivery.lane].append((place, delivery))
    with ThreadPoolExecutor(wiring.SIDE_BY_SIDE) as pool:
        list(pool.map(store.send, lanes.values()))
    return sum(map(len, lanes.values()))


def _wanted(
    told: Iterable[tuple[str, Told]], assets: Mapping[AssetRef, Asset], hooks: list[Webhook]
) -> Iterator[tuple[str, Delivery]]:
    for number, (mark, one) in enumerate(told):
        asset = assets[one.ref]
        for hook in hooks:
            if hook.wants(one.event.kind, asset):
                yield f"{mark:0>{_DIGITS}}-{number:06}", _delivery(hook, one, asset)


def _delivery(hook: Webhook, told: Told, asset: Asset) -> Delivery:
    event = told.event
    return Delivery(
        delivery_id=delivery_id(event.at, event.event_id),
        webhook_id=hook.webhook_id,
        event_id=event.event_id,
        kind=event.kind,
        ref=told.ref,
        lane=uid_text(asset.uid),
        body=json.dumps(_payload(told, asset), ensure_ascii=False, separators=(",", ":")),
        begun_at=wiring.now(),
    )


def _payload(told: Told, asset: Asset) -> dict[str, Any]:
    """The body of Standard Webhooks; the rest of the CloudEvent stands beside its data."""
    event = cloud_events.of_asset(told, asset.uid)
    named = ("id", "source", "subject", "sequence", "dataschema")
    rest = {name: event[name] for name in named if name in event}
    return {"type": event["type"], "timestamp": event["time"], "data": event["data"], **rest}
