"""Whether the bytes that a version points at are there: nothing is made or published without them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from assetversions.domain.errors import MAX_PATHS_IN_ERROR, Conflict
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import OverBudget
from assetversions.engine.sound import files_of
from assetversions.engine.stint import Stint

PAGE = 1_000


class Lookout:
    """Sees entries of one version go by, in path order, and looks for their object versions by the page.

    `tell` hears how many it has looked for. OverBudget for more than `most`. `rest` is told after each page
    what one that goes on there is given as `so_far`.
    """

    def __init__(
        self,
        services: Services,
        asset: Asset,
        most: int | None = None,
        tell: Callable[[int], None] = lambda _checked: None,
        rest: Callable[..., None] = lambda *_so_far: None,
        so_far: Sequence[Any] = (None, 0, 0, ()),
    ) -> None:
        self._services = services
        self._asset = asset
        self._most = most
        self._tell = tell
        self._rest = rest
        self._page: list[Entry] = []
        self.after: str | None = so_far[0]
        self._checked, self._count = so_far[1:3]
        self._named: list[str] = list(so_far[3])

    def see(self, entry: Entry) -> None:
        if self._most is not None and self._checked + len(self._page) == self._most:
            raise OverBudget
        self._page.append(entry)
        if len(self._page) == PAGE:
            self._look()

    def refuse(self, version: Version) -> None:
        """At the end: Conflict that names the first files that are gone, and counts all of them."""
        self._look()
        if self._count:
            left = self._count - len(self._named)
            more = f" and {left} more" if left else ""
            names = ", ".join(f"'{path}'" for path in self._named)
            raise Conflict(
                f"{self._count} of the {version.files} files of version {version.number} are gone for good: "
                f"{names}{more}. Nothing was changed."
            )

    def _look(self) -> None:
        if self._page:
            gone = self._services.files.gone(self._asset.ref, self._page, self.after)
            self._named += [entry.path for entry in gone[: MAX_PATHS_IN_ERROR - len(self._named)]]
            self._checked, self._count = self._checked + len(self._page), self._count + len(gone)
            self.after, self._page = self._page[-1].path, []
            self._tell(self._checked)
            self._rest(self.after, self._checked, self._count, self._named)


class Presence:
    """Checks each manifest once, however often a commit is tried again; `tell` hears how far it is.

    A `stint` that rests in between goes on where it was.
    """

    def __init__(
        self,
        services: Services,
        asset: Asset,
        tell: Callable[[int], None] = lambda _checked: None,
        stint: Stint | None = None,
    ) -> None:
        self._services = services
        self._asset = asset
        self._tell = tell
        self._stint = stint
        self._checked: set[str] = set()

    def check(self, version: Version) -> None:
        """Conflict as `Lookout` says."""
        if version.manifest in self._checked:
            return
        lookout = self._lookout(version)
        for entry in files_of(self._services, self._asset, version, lookout.after):
            lookout.see(entry)
        lookout.refuse(version)
        self._checked.add(version.manifest)

    def _lookout(self, version: Version) -> Lookout:
        if self._stint is None:
            return Lookout(self._services, self._asset, tell=self._tell)
        rest = partial(self._stint.may_rest, version.manifest)
        digest, *so_far = self._stint.take() or (None,)
        if digest != version.manifest:
            return Lookout(self._services, self._asset, tell=self._tell, rest=rest)
        return Lookout(self._services, self._asset, tell=self._tell, rest=rest, so_far=so_far)
