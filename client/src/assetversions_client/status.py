"""How a folder stands beside the version that it was pulled from, or pushed as."""

from pathlib import Path

from msgspec import Struct

from assetversions_client.catalog import Assets
from assetversions_client.files import Files
from assetversions_client.folders import About, Folder, about, find
from assetversions_client.http import Http
from assetversions_client.plan import Plan, StoredFile, compare
from assetversions_client.pull import below
from assetversions_client.versions import Versions
from assetversions_client.wire import AssetRef


class Status(Struct, frozen=True):
    """What differs here from `about.version`, or from the files of now where it has none.

    `current` is the number of the asset's current version, 0 where it has none; `working_changes` is how many
    of its files may have changed since its last version; `asked` is the address that told all this.
    """

    root: Path
    about: About
    plan: Plan
    current: int
    working_changes: int | None
    odd: dict[str, str]
    asked: str


def status(http: Http, place: Path) -> Status:
    """Of the folder of an asset that a place is in."""
    root = find(place)
    facts = about(root)
    assert facts is not None
    ref = AssetRef(facts.database_id, facts.asset_id)
    asset = Assets(http).get(ref)
    folder = Folder(root)
    folder.stand_beside(http.url, ref)
    scan = folder.scan()
    local = {path: file for path, file in scan.files.items() if below(path, facts.path)}
    plan = compare(folder, local, [one for one in _stored(http, ref, facts) if below(one.path, facts.path)])
    return Status(root, facts, plan, asset.current, asset.working_changes, scan.odd, http.url)


def _stored(http: Http, ref: AssetRef, facts: About) -> list[StoredFile]:
    if facts.version is None:
        return Files(http).stored(ref)
    files = Versions(http).all_files(ref, str(facts.version)).files
    return [
        StoredFile(file.relative_key, file.size, file.etag)
        for file in files
        if not file.relative_key.endswith("/")
    ]
