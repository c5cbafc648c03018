"""Read the working files as a state that the asset had: our own changes whole, no file lost on its way."""

from collections.abc import Callable

from msgspec.structs import replace

from assetversions.domain.errors import Busy
from assetversions.domain.journal import ChangeSet
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, Content
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.taken import By, Taken
from assetversions.engine.budget import Meter
from assetversions.engine.content import store_files
from assetversions.engine.hot import Hot, undisturbed
from assetversions.engine.sound import beside_base
from assetversions.engine.stint import Stint

READINGS = 6

# The manifest of the working files, and the change sets that it takes in.
Snapshot = tuple[Stored, Content | None, list[ChangeSet], Taken]


def read_and_store(
    services: Services, asset: Asset, pace: Meter, by_journal: bool, stint: Stint | None = None
) -> Snapshot:
    """By listing them or, beside what they were last known to be, where the journal says that they changed.

    Several listings show several moments: then two readings in a row have to show the same. Busy where they
    never do. A `stint` that rests in between goes on beside what it has read last.
    """
    head = [asset.latest, asset.base]
    digest, readings, *noted = (stint and stint.take()) or (asset.base, 0)
    # What was read before another version came is no look at what was there since.
    before = digest if noted == head else None
    by_journal = by_journal and not noted

    def rest(shown: str, number: int) -> None:
        if stint is not None:
            stint.may_rest(shown, number, *head)

    last = replace(asset, base=digest)
    return beside_base(
        services, last, lambda base: _read(services, last, base, pace, by_journal, before, readings, rest)
    )


def _read(
    services: Services,
    asset: Asset,
    base: Root | None,
    pace: Meter,
    by_journal: bool,
    before: str | None,
    readings: int,
    rest: Callable[[str, int], None],
) -> Snapshot:
    """`before` is what the last of so many `readings` has shown, if any; `rest` hears what one more shows."""
    hot = Hot(services, asset)
    by = By.JOURNAL if by_journal and base is not None else By.LIST
    for number in range(readings + 1, READINGS + 1):
        if base is not None and by is By.JOURNAL:
            reading = hot.noted(base)
        else:
            known = None if base is None else services.manifests.entries(asset.uid, base)
            reading = services.files.working(asset.ref, known)
        hot.asked = False
        reading.rows = undisturbed(hot, reading.rows)
        stored, content = store_files(services, asset, pace(reading), base, reading.beside)
        if hot.unclear:
            hot, before = Hot(services, asset), None
            continue
        if reading.listings + hot.asked <= 1 or stored.digest == before:
            return stored, content, hot.taken_in, Taken(by, hot.since)
        if base is None or stored.digest != asset.base:
            base = services.manifests.root(asset.uid, stored.digest)
        before = stored.digest
        rest(before, number)
    raise Busy("Files of this asset change faster than they can be read; send the request again.")
