"""What is said of an asset, key by key: all of a change or nothing, and versions keep what was said."""

import pytest
from assetversions.domain.commands.catalog import ArchiveAsset, GetAsset
from assetversions.domain.commands.metadata import DeleteAssetMetadata, GetAssetMetadata, PutAssetMetadata
from assetversions.domain.errors import Conflict, Invalid, NotFound, TooLarge
from assetversions.domain.metadata import MAX_BYTES, MAX_ENTRIES, Metadata, Metadatum, Property, ValueType
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.get_asset import get_asset
from assetversions.operations.metadata.delete_asset_metadata import delete_asset_metadata
from assetversions.operations.metadata.get_asset_metadata import get_asset_metadata
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata

from tests.support import REF, World, number


def said(**values: str) -> Metadata:
    return tuple(Metadatum(key, value, ValueType.STRING) for key, value in values.items())


def put(world: World, entries: Metadata, *, replace: bool = False, rev: int | None = None) -> MetadataChanged:
    done: MetadataChanged = world.run(put_asset_metadata, PutAssetMetadata(REF, entries, replace, rev))
    return done


def drop(world: World, *keys: str) -> MetadataChanged:
    done: MetadataChanged = world.run(delete_asset_metadata, DeleteAssetMetadata(REF, keys))
    return done


def shown(world: World, version: int | None = None) -> Metadata:
    command = GetAssetMetadata(REF, None if version is None else number(version))
    found: Metadata = world.run(get_asset_metadata, command).entries
    return found


def test_what_is_put_stands_beside_what_is_there_and_is_what_the_asset_shows(world: World):
    assert shown(world) == ()
    put(world, said(colour="red", maker="Mara"))
    done = put(world, said(colour="blue", size="3"))
    assert shown(world) == said(colour="blue", maker="Mara", size="3")
    assert (done.keys, done.failed, done.rev) == (("colour", "size"), {}, world.head().rev)
    assert world.run(get_asset, GetAsset(REF)).metadata == shown(world)


def test_what_replaces_all_leaves_nothing_else(world: World):
    put(world, said(colour="red", maker="Mara"))
    put(world, said(size="3"), replace=True)
    assert shown(world) == said(size="3")


def test_keys_that_are_deleted_are_gone_and_unknown_ones_are_told(world: World):
    put(world, said(colour="red", maker="Mara"))
    done = drop(world, "colour", "weight")
    assert (done.keys, set(done.failed)) == (("colour",), {"weight"})
    assert shown(world) == said(maker="Mara")
    drop(world, "maker")
    assert (shown(world), world.head().metadata) == ((), None)


def test_every_change_is_on_record_and_what_changes_nothing_is_none(world: World):
    put(world, said(colour="red"))
    rev = world.head().rev
    assert [(event.kind, event.detail) for event in world.records.events(REF, None, 9)] == [
        ("asset.updated", {"fields": "metadata"})
    ]
    again, gone = put(world, said(colour="red")), drop(world, "weight")
    assert (again.keys, again.rev) == (("colour",), rev)
    assert (gone.keys, gone.rev) == ((), rev)
    assert world.head().rev == rev


def test_a_version_keeps_what_was_said_when_it_was_made(world: World):
    put(world, said(colour="red"))
    world.create()
    put(world, said(colour="blue"))
    world.create()
    drop(world, "colour")
    assert [shown(world, 1), shown(world, 2), shown(world)] == [said(colour="red"), said(colour="blue"), ()]
    with pytest.raises(NotFound):
        shown(world, 3)


def test_an_asset_has_so_many_keys_and_so_much_at_most(world: World):
    many = tuple(Metadatum(f"k{index}", "", ValueType.STRING) for index in range(MAX_ENTRIES))
    put(world, many)
    put(world, many[:1])
    with pytest.raises(Invalid, match="501 keys"):
        put(world, said(more=""))
    put(world, said(more=""), replace=True)
    half = "x" * (MAX_BYTES // 2)
    put(world, said(one=half))
    with pytest.raises(TooLarge):
        put(world, said(two=half))
    assert shown(world) == said(more="", one=half)


def test_who_was_overtaken_changes_nothing_where_they_say_what_they_saw(world: World):
    seen = world.head()
    put(world, said(colour="red"), rev=seen.rev)
    with pytest.raises(Conflict):
        put(world, said(size="3"), rev=seen.rev)
    with pytest.raises(Conflict):
        world.run(delete_asset_metadata, DeleteAssetMetadata(REF, ("colour",), seen.rev))
    assert shown(world) == said(colour="red")


def test_two_who_say_something_at_once_are_both_heard(world: World):
    before = world.head()
    put(world, said(colour="red"))
    world.run(put_asset_metadata, PutAssetMetadata(REF, said(size="3")), head=before)
    assert shown(world) == said(colour="red", size="3")


def test_an_archived_asset_is_only_read(world: World):
    put(world, said(colour="red"))
    world.run(archive_asset, ArchiveAsset(REF))
    with pytest.raises(Conflict):
        put(world, said(size="3"))
    for key in ("colour", "unknown"):
        with pytest.raises(Conflict):
            drop(world, key)
    assert shown(world) == said(colour="red")


def test_the_database_knows_each_key_as_a_property_from_then_on(world: World):
    put(world, said(colour="red"))
    put(world, (Metadatum("mass", "1", ValueType.NUMBER),))
    known = list(world.properties.all(REF.database_id, None, 9))
    assert known == [Property("colour", ValueType.STRING), Property("mass", ValueType.NUMBER)]
