"""What people say to each other about a version of an asset."""

from dataclasses import dataclass
from datetime import datetime

from assetversions.domain.model import AssetRef

MAX_BODY = 5_000


@dataclass(frozen=True)
class Comment:
    """`place` is its writer's choice: what names a version, a colon, an id. `person` was called `owner`."""

    ref: AssetRef
    place: str
    body: str
    person: str
    owner: str
    created_at: datetime
    edited_at: datetime | None = None
