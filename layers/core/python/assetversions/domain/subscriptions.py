"""Who wants to hear of an asset's new versions."""

from dataclasses import dataclass

from assetversions.domain.model import AssetRef

MAX_SUBSCRIBERS = 100


@dataclass(frozen=True)
class Subscription:
    ref: AssetRef
    subscribers: frozenset[str]
