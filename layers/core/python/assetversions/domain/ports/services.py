"""Everything that an operation may use; the wiring makes it for each request, tests have fakes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # whoever uses one port need not import the things of all
    from datetime import datetime

    from assetversions.domain.once import Once
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
    from assetversions.domain.ports.webhooks import Webhooks
    from assetversions.domain.ports.zips import Zips
    from assetversions.domain.subscriptions import Ticket


class Tickets(Protocol):
    """What stands in the links of letters."""

    def read(self, text: str) -> Ticket | None:
        """None for what we have not written."""


class Services(Protocol):
    """Who asks, what they may, what time it is, and a port for each thing of the world outside.

    `person` stays the same for ever and is nobody else's; `user` is what they are called.
    `once` is there where the request came under an idempotency key.
    """

    @property
    def person(self) -> str: ...

    @property
    def user(self) -> str: ...

    @property
    def token_days(self) -> int:
        """How long an API token lives at most."""

    @property
    def all_noted(self) -> bool:
        """Whether nobody but us can write to the bucket: then the journal tells of every change."""

    def now(self) -> datetime: ...

    @property
    def once(self) -> Once | None: ...

    @property
    def receipts(self) -> Receipts: ...

    @property
    def guard(self) -> Guard: ...

    @property
    def records(self) -> Records: ...

    @property
    def files(self) -> Files: ...

    @property
    def manifests(self) -> Manifests: ...

    @property
    def jobs(self) -> Jobs: ...

    @property
    def history(self) -> History: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def uploads(self) -> Uploads: ...

    @property
    def transfers(self) -> Transfers: ...

    @property
    def subscriptions(self) -> Subscriptions: ...

    @property
    def comments(self) -> Comments: ...

    @property
    def links(self) -> Links: ...

    @property
    def webhooks(self) -> Webhooks: ...

    @property
    def tickets(self) -> Tickets: ...

    @property
    def contents(self) -> Contents: ...

    @property
    def imports(self) -> Imports: ...

    @property
    def policies(self) -> Policies: ...

    @property
    def users(self) -> Users: ...

    @property
    def automatic(self) -> Automatic: ...

    @property
    def properties(self) -> Properties: ...

    @property
    def zips(self) -> Zips: ...

    @property
    def packs(self) -> Packs: ...
