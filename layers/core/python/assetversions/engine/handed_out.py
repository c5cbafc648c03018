"""Which object versions of a file are handed out: not what only deleted versions held."""

from assetversions.domain.errors import TooLarge
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, State
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import ROW, Estimate, OverBudget
from assetversions.engine.ours import CLOCKS_APART
from assetversions.engine.sound import readable

PAGE = 100
# In microseconds: a manifest is read after the other, in a part or two of so many rows at most.
MANIFEST, ROWS = 50_000, 50_000


def is_handed_out(services: Services, asset: Asset, entry: Entry) -> bool:
    """False where a deleted version held it, and no other one nor the working files do.

    Costs nothing while no version is deleted. TooLarge where more would have to be read than a request can.
    """
    if not asset.deleted:
        return True
    newest = services.files.find(asset.ref, entry.path)
    if newest is not None and newest.version_id == entry.version_id:
        return True
    try:
        states = _holders(services, asset, entry)
    except OverBudget as error:
        raise TooLarge(
            f"'{entry.path}': more versions would have to be read than a request can, to tell whether one "
            "holds this that is not deleted; name one that does, with assetVersionId."
        ) from error
    return states != {State.DELETED}


def _holders(services: Services, asset: Asset, entry: Entry) -> set[State]:
    """The states of versions that hold it, newest first, up to the first that is not deleted."""
    estimate, known, states = Estimate(), dict[str, bool](), set[State]()
    for version in services.records.versions(asset.ref, None, PAGE):
        if (version.created_at + CLOCKS_APART).timestamp() < entry.modified:
            break
        if version.manifest not in known:
            estimate.add(MANIFEST + ROW * min(version.files, ROWS))
            with readable(version):
                found = services.manifests.find(asset.uid, version.manifest, entry.path)
            known[version.manifest] = found is not None and found.version_id == entry.version_id
        if known[version.manifest]:
            states.add(version.state)
            if version.state is not State.DELETED:
                break
    return states
