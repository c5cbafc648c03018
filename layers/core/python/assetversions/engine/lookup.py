"""What a command names, found or refused: databases, assets, versions, open uploads."""

from collections.abc import Iterable, Sequence

from assetversions.domain import ids
from assetversions.domain.beginning import NUMBER, beginning
from assetversions.domain.commands.common import Standing, VersionRef
from assetversions.domain.errors import Conflict, Hidden, Invalid, NotFound, alias_taken
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset, AssetRef, Database, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import Place
from assetversions.domain.uploads import Upload, UploadState
from assetversions.engine.authorize import attributes


def find_database(services: Services, database_id: str) -> Database:
    """Hidden for a database that the caller may not read, whether it is there or not; else NotFound."""
    known: dict[str, object] = {"database_id": database_id}
    if not services.guard.allows("read", known):
        raise Hidden("database", database_id, services.guard.decider("read", known))
    database = services.records.database(database_id)
    if database is None:
        raise NotFound("database", database_id)
    return database


def find_asset(services: Services, ref: AssetRef) -> Asset:
    """Hidden for one that the caller may not read, whether it is there or not; NotFound as at the door."""
    return _readable(services, ref, services.records.asset(ref))


def find_called(services: Services, ref: AssetRef) -> Asset:
    """The same for one that the caller has named."""
    return _readable(services, ref, services.records.asset_called(ref))


def _readable(services: Services, ref: AssetRef, asset: Asset | None) -> Asset:
    if asset is not None and services.guard.allows("read", attributes(asset)):
        return asset
    known: dict[str, object] = {"database_id": ref.database_id, "asset_id": ref.public_id}
    decider = None if asset is None else services.guard.decider("read", attributes(asset))
    if services.guard.sees(known):
        raise NotFound("asset", ref.public_id)
    raise Hidden("asset", ref.public_id, decider)


def find_version(services: Services, asset: Asset, ref: VersionRef) -> Version:
    """The version of this asset that `ref` names; NotFound for a deleted one and for another asset's id."""
    version = find_any_version(services, asset, ref)
    if version.state is State.DELETED:
        raise NotFound("version", str(ref))
    return version


def find_state(services: Services, asset: Asset, ref: VersionRef) -> Version:
    """The same, or by its number 0 what the asset was before its first version."""
    return beginning(asset) if ref.number == NUMBER else find_version(services, asset, ref)


def find_any_version(services: Services, asset: Asset, ref: VersionRef) -> Version:
    """As `find_version`, but deleted ones are found."""
    number = _number(services, asset, ref)
    version = services.records.version(asset.ref, number) if number else None
    if version is None:
        raise NotFound("version", str(ref))
    return version


def _number(services: Services, asset: Asset, ref: VersionRef) -> int | None:
    if ref.alias is not None:
        return services.records.alias(asset.ref, ref.alias)
    if ref.standing is not None:
        return asset.current if ref.standing is Standing.CURRENT else asset.newest
    if ref.version_id is None:
        return ref.number
    uid, number = ids.split_version_id(ref.version_id)
    return number if uid == asset.uid else None


def fixed(version: Version) -> VersionRef:
    """By its number: what an alias or a word names may be another one by the time that a job looks."""
    return VersionRef(number=version.number)


def check_bucket(services: Services, bucket: str | None) -> None:
    """Invalid for another one than the stage's own, where one is named."""
    if bucket not in {None, services.history.bucket}:
        raise Invalid("defaultBucketId", "there is no such bucket; GET /buckets names the one there is.")


def place_of(services: Services) -> Place:
    return Place(services.history.bucket, services.history.prefix)


def find_job(services: Services, ref: AssetRef, job_id: str) -> Job:
    job = services.jobs.get(ref, job_id)
    if job is None:
        raise NotFound("operation", job_id)
    return job


def newest_versions(services: Services, asset: Asset, paths: Sequence[str]) -> dict[str, str | None]:
    """By path, the object version of the newest file; None where there is none."""
    newest = services.files.current(asset.ref, paths)
    return {path: entry and entry.version_id for path, entry in zip(paths, newest, strict=True)}


def find_target(services: Services, asset: Asset, ref: VersionRef) -> Version:
    """What a restore is to bring back, be it deleted meanwhile."""
    return beginning(asset) if ref.number == NUMBER else find_any_version(services, asset, ref)


def check_aliases_free(services: Services, asset: Asset, names: Iterable[str]) -> None:
    """Conflict if one of them names a version; a race for it is the commit's to decide."""
    for name in names:
        if services.records.alias(asset.ref, name) is not None:
            raise alias_taken(name)


def find_asset_by_id(services: Services, asset_id: str, database_id: str | None) -> Asset:
    """The one asset of this id that the caller may read; Invalid if several databases have one."""
    named = services.subscriptions.assets_named(asset_id)
    found = [asset for asset in named if database_id in {None, asset.ref.database_id}]
    readable = [asset for asset in found if services.guard.allows("read", attributes(asset))]
    if not readable:
        given = {"asset_id": asset_id, "database_id": database_id}
        known: dict[str, object] = {fact: value for fact, value in given.items() if value is not None}
        raise NotFound("asset", asset_id) if services.guard.sees(known) else Hidden("asset", asset_id)
    if len(readable) > 1:
        raise Invalid("databaseId", f"several databases have an asset '{asset_id}'; name one of them.")
    return readable[0]


def reread(services: Services, asset: Asset) -> Asset:
    """The head as it is now."""
    fresh = services.records.asset(asset.ref)
    if fresh is None:
        raise NotFound("asset", asset.ref.public_id)
    return fresh


def find_upload(services: Services, ref: AssetRef, upload_id: str) -> Upload:
    """The caller's own upload, ended or not; NotFound also for another's. Conflict once it has expired."""
    upload = find_any_upload(services, ref, upload_id)
    if upload.state is UploadState.OPEN and upload.expires_at <= services.now():
        raise Conflict(f"Upload '{upload_id}' has expired: it was open for 24 hours. Start another one.")
    return upload


def find_any_upload(services: Services, ref: AssetRef, upload_id: str) -> Upload:
    """The same, and expired ones are found."""
    upload = services.uploads.get(ref, upload_id)
    if upload is None or upload.person != services.person:
        raise NotFound("upload", upload_id)
    return upload


def find_open_upload(services: Services, asset: Asset, upload_id: str) -> Upload:
    """The caller's own, Conflict once it has ended or expired."""
    upload = find_upload(services, asset.ref, upload_id)
    if upload.state is not UploadState.OPEN:
        raise Conflict(f"Upload '{upload_id}' was {upload.state} already; begin another one.")
    return upload
