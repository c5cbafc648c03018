"""What people say to each other about a version of an asset."""

from datetime import datetime

from msgspec import Struct

from assetversions.domain.model import AssetRef

MAX_BODY = 5_000


class Comment(Struct, frozen=True):
    """`place` is its writer's choice: what names a version, a colon, an id. `person` was called `owner`."""

    ref: AssetRef
    place: str
    body: str
    person: str
    owner: str
    created_at: datetime
    edited_at: datetime | None = None
