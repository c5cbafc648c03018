"""Find the database or the version that a caller means."""

from assetversions.domain import ids
from assetversions.domain.commands import VersionRef
from assetversions.domain.errors import NotFound
from assetversions.domain.model import Asset, Database, State, Version
from assetversions.domain.ports import Services
from assetversions.operations.operation import require


def find_database(services: Services, database_id: str) -> Database:
    """NotFound for an unknown database, Forbidden for one that the caller may not read."""
    database = services.records.database(database_id)
    if database is None:
        raise NotFound("database", database_id)
    require(services, "read", database)
    return database


def find_version(services: Services, asset: Asset, ref: VersionRef) -> Version:
    """The version of this asset that `ref` names; NotFound for a deleted one and for another asset's id."""
    version = find_any_version(services, asset, ref)
    if version.state is State.DELETED:
        raise NotFound("version", str(ref))
    return version


def find_any_version(services: Services, asset: Asset, ref: VersionRef) -> Version:
    """The same, but deleted ones are found."""
    number = _number(services, asset, ref)
    version = services.records.version(asset.ref, number) if number else None
    if version is None:
        raise NotFound("version", str(ref))
    return version


def _number(services: Services, asset: Asset, ref: VersionRef) -> int | None:
    if ref.alias is not None:
        return services.records.alias(asset.ref, ref.alias)
    if ref.version_id is None:
        return ref.number
    uid, number = ids.split_version_id(ref.version_id)
    return number if uid == asset.uid else None
