"""The client: one service, as one user."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from assetversions_client.access import Access
from assetversions_client.catalog import Assets, Databases
from assetversions_client.comparing import Comparison, compare
from assetversions_client.files import Files
from assetversions_client.folders import Folder
from assetversions_client.history import History
from assetversions_client.http import Http, Token
from assetversions_client.jobs import Jobs
from assetversions_client.lifecycle import Lifecycle
from assetversions_client.progress import Progress
from assetversions_client.pull import Pulled, pull
from assetversions_client.push import Pushed, push
from assetversions_client.status import Status, status
from assetversions_client.versions import Versions
from assetversions_client.webhooks import Webhooks
from assetversions_client.wire import AssetRef


class Client:
    """Databases, assets, files and versions; and whole folders to and fro.

    `token` gives the token to sign in with, also anew where the last one is not taken any more.
    """

    def __init__(self, url: str, token: Token, http: Http | None = None) -> None:
        self.http = http or Http(url, token)
        self.databases = Databases(self.http)
        self.assets = Assets(self.http)
        self.files = Files(self.http)
        self.versions = Versions(self.http)
        self.jobs = Jobs(self.http)
        self.access = Access(self.http)
        self.webhooks = Webhooks(self.http)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def history(self, ref: AssetRef) -> History:
        """What happened to an asset."""
        return History(self.http, ref)

    def lifecycle(self, ref: AssetRef) -> Lifecycle:
        """The versions of an asset, to do something to."""
        return Lifecycle(self.http, ref)

    def compare(self, ref: AssetRef, a: str, b: str) -> Comparison:
        """What differs from version `a` to `b`; `working` names the files of now."""
        return compare(self.http, ref, a, b)

    def push(
        self,
        folder: Path,
        ref: AssetRef,
        *,
        comment: str | None = None,
        aliases: Sequence[str] = (),
        delete: bool = False,
        dry_run: bool = False,
        version: bool = True,
        progress: Progress | None = None,
    ) -> Pushed:
        """As `assetversions_client.push.push`."""
        return push(
            self.http,
            Folder(folder),
            ref,
            comment=comment,
            aliases=aliases,
            delete=delete,
            dry_run=dry_run,
            version=version,
            progress=progress,
        )

    def pull(
        self,
        ref: AssetRef,
        folder: Path,
        *,
        version: str = "current",
        path: str | None = None,
        delete: bool = False,
        progress: Progress | None = None,
    ) -> Pulled:
        """As `assetversions_client.pull.pull`."""
        return pull(self.http, ref, folder, version=version, path=path, delete=delete, progress=progress)

    def status(self, place: Path) -> Status:
        """As `assetversions_client.status.status`."""
        return status(self.http, place)
