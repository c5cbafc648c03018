"""Whether the bytes that a version points at are there: nothing is cloned or published without them."""

from collections.abc import Callable
from itertools import islice

from assetversions.domain.errors import Conflict
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.engine.sound import files_of

PAGE = 1_000
MAX_PATHS_IN_ERROR = 20


class Presence:
    """Checks each manifest once, however often a commit is tried again; `tell` hears how far it is."""

    def __init__(
        self, services: Services, asset: Asset, tell: Callable[[int], None] = lambda _checked: None
    ) -> None:
        self._services = services
        self._asset = asset
        self._tell = tell
        self._checked: set[str] = set()

    def check(self, version: Version) -> None:
        """Conflict that names the first files whose object version is gone, and counts all of them."""
        if version.manifest in self._checked:
            return
        entries = files_of(self._services, self._asset, version)
        named: list[str] = []
        checked = count = 0
        after: str | None = None
        while page := list(islice(entries, PAGE)):
            gone = self._services.files.gone(self._asset.ref, page, after)
            named += [entry.path for entry in gone[: MAX_PATHS_IN_ERROR - len(named)]]
            checked, count, after = checked + len(page), count + len(gone), page[-1].path
            self._tell(checked)
        if count:
            more = f" and {count - len(named)} more" if count > len(named) else ""
            names = ", ".join(f"'{path}'" for path in named)
            raise Conflict(
                f"{count} of the {checked} files of version {version.number} are gone for good: "
                f"{names}{more}. Nothing was changed."
            )
        self._checked.add(version.manifest)
