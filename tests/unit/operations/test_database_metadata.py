"""What is said of a database, key by key: all of a change or nothing, whoever else says something at once."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.commands.metadata import (
    DeleteDatabaseMetadata,
    GetDatabaseMetadata,
    PutDatabaseMetadata,
)
from assetversions.domain.errors import Forbidden, Hidden, Invalid, LostRace, NotFound
from assetversions.domain.metadata import MAX_ENTRIES, Metadata, Metadatum, ValueType
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.operations.metadata.delete_database_metadata import delete_database_metadata
from assetversions.operations.metadata.get_database_metadata import get_database_metadata
from assetversions.operations.metadata.put_database_metadata import put_database_metadata

from tests.support import REF, World

DB = REF.database_id


def said(**values: str) -> Metadata:
    return tuple(Metadatum(key, value, ValueType.STRING) for key, value in values.items())


def put(world: World, entries: Metadata, replace: bool = False, name: str = DB) -> MetadataChanged:
    done: MetadataChanged = world.run(put_database_metadata, PutDatabaseMetadata(name, entries, replace))
    return done


def drop(world: World, *keys: str, name: str = DB) -> MetadataChanged:
    done: MetadataChanged = world.run(delete_database_metadata, DeleteDatabaseMetadata(name, keys))
    return done


def shown(world: World, name: str = DB) -> Metadata:
    found: Metadata = world.run(get_database_metadata, GetDatabaseMetadata(name)).entries
    return found


def test_keys_of_a_database_are_put_replaced_and_deleted(world: World):
    assert shown(world) == ()
    put(world, said(colour="red", maker="Mara"))
    assert put(world, said(colour="blue")).keys == ("colour",)
    assert shown(world) == said(colour="blue", maker="Mara")
    done = drop(world, "maker", "weight")
    assert (done.keys, set(done.failed), done.rev) == (("maker",), {"weight"}, None)
    put(world, said(size="3"), replace=True)
    assert shown(world) == said(size="3")
    drop(world, "size")
    assert shown(world) == ()
    put(world, said(size="4"))
    assert shown(world) == said(size="4")


def test_a_database_has_so_many_keys_at_most(world: World):
    put(world, tuple(Metadatum(f"k{index}", "", ValueType.STRING) for index in range(MAX_ENTRIES)))
    with pytest.raises(Invalid, match="501 keys"):
        put(world, said(more=""))


def test_two_who_say_something_at_once_are_both_heard(world: World, monkeypatch: pytest.MonkeyPatch):
    say, lost = world.records.say, list[bool]()

    def overtaken(*asked: Any) -> None:
        if not lost:
            lost.append(True)
            put(world, said(colour="red"))
            raise LostRace("Something else was said of it first.")
        say(*asked)

    monkeypatch.setattr(world.records, "say", overtaken)
    put(world, said(size="3"))
    assert shown(world) == said(colour="red", size="3")


def test_a_database_that_is_not_there_or_not_to_be_seen_has_none(world: World):
    asked: list[Callable[[str], object]] = [
        lambda name: shown(world, name),
        lambda name: put(world, said(a="b"), name=name),
        lambda name: drop(world, "a", name=name),
    ]
    for ask in asked:
        with pytest.raises(NotFound):
            ask("nowhere")
    world.guard.rule = lambda _action, _thing: False
    for ask in asked:
        with pytest.raises(Hidden):
            ask(DB)


def test_to_change_them_takes_the_permission_to_update_the_database(world: World):
    world.guard.rule = lambda action, _thing: action == "read"
    with pytest.raises(Forbidden):
        put(world, said(a="b"))
    with pytest.raises(Forbidden):
        drop(world, "a")
    assert shown(world) == ()
