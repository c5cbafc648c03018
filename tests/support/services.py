"""The services of one request, put together by hand."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from assetversions.domain.once import Once, Receipt
from assetversions.domain.ports.access import Guard, Policies, Users
from assetversions.domain.ports.automatic import Automatic
from assetversions.domain.ports.comments import Comments
from assetversions.domain.ports.files import Contents, Files, History, Transfers
from assetversions.domain.ports.imports import Imports
from assetversions.domain.ports.jobs import Jobs
from assetversions.domain.ports.journal import Journal
from assetversions.domain.ports.links import Links
from assetversions.domain.ports.manifests import Manifests
from assetversions.domain.ports.packs import Packs
from assetversions.domain.ports.receipts import Receipts
from assetversions.domain.ports.records import Properties, Records, Subscriptions, Uploads
from assetversions.domain.ports.services import Tickets
from assetversions.domain.ports.webhooks import Webhooks
from assetversions.domain.ports.zips import Zips
from msgspec import Struct, field

# Of tests that need none.
NO_WEBHOOKS = cast(Webhooks, None)
NO_TICKETS = cast(Tickets, None)
NO_COMMENTS = cast(Comments, None)
NO_LINKS = cast(Links, None)
NO_ZIPS = cast(Zips, None)
NO_IMPORTS = cast(Imports, None)
NO_PACKS = cast(Packs, None)


class NoReceipts:
    """Of requests without a key."""

    def begin(self, once: Once, before: str, at: datetime) -> None:
        raise AssertionError

    def add(self, receipt: Receipt) -> None:
        raise AssertionError


class GivenServices(Struct, frozen=True):
    person: str
    user: str
    guard: Guard
    records: Records
    files: Files
    manifests: Manifests
    jobs: Jobs
    now: Callable[[], datetime]
    history: History
    journal: Journal
    uploads: Uploads
    transfers: Transfers
    subscriptions: Subscriptions
    contents: Contents
    policies: Policies
    users: Users
    properties: Properties
    automatic: Automatic
    webhooks: Webhooks = NO_WEBHOOKS
    tickets: Tickets = NO_TICKETS
    comments: Comments = NO_COMMENTS
    links: Links = NO_LINKS
    zips: Zips = NO_ZIPS
    imports: Imports = NO_IMPORTS
    packs: Packs = NO_PACKS
    once: Once | None = None
    token_days: int = 365
    all_noted: bool = False
    receipts: Receipts = field(default_factory=NoReceipts)
