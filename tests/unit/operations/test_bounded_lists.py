"""A list that hides things does so much work a page, tells nothing of them, and leaves nothing else out."""

import base64
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from assetversions.domain.commands.catalog import ListAssets, ListDatabases, ListSubscriptions, UpdateAsset
from assetversions.domain.commands.common import Offset, Page
from assetversions.domain.commands.versions import ListVersions
from assetversions.domain.cursor import seal
from assetversions.domain.errors import Forbidden, Invalid, TooLarge
from assetversions.domain.model import AssetRef, Database
from assetversions.engine import paging
from assetversions.engine.operation import Operation
from assetversions.engine.unseen import unseen
from assetversions.operations.catalog import list_databases as databases_listed
from assetversions.operations.catalog.list_assets import list_assets
from assetversions.operations.catalog.list_databases import list_databases
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.subscriptions.list_subscriptions import list_subscriptions
from assetversions.operations.versions import list_versions as versions_listed
from assetversions.operations.versions.list_versions import list_versions
from assetversions.storage.dynamodb import places
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from tests.simulation.aws import Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler
from tests.support.aws_world import AwsWorld
from tests.support.world import REF, Clock

MANY = 2_500
DATABASE = REF.database_id


class Counted(AwsWorld):
    """Over the real storage; `calls` are those of the table."""

    def __init__(self) -> None:
        scheduler = Scheduler(0)
        self._uid = 10**6
        self.account = Account(scheduler, Weather(scheduler))
        self.calls, call = 0, self.account.dynamo._call

        def counted(*given: Any, **more: Any) -> Any:
            self.calls += 1
            return call(*given, **more)

        self.account.dynamo._call = counted  # type: ignore[method-assign]
        super().__init__(self.account.dynamo, self.account.s3, ThreadPoolExecutor(1), Clock())

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            self._uid += 1
            self.add_asset(AssetRef(DATABASE, name), self._uid)

    def see(self, *names: str) -> None:
        """From now on the caller may read these assets, and no rule tells which they are."""
        self.guard.rule = lambda _action, thing: thing.get("asset_id") in names

    def page(self, operation: Operation, command: Any) -> tuple[Any, int]:
        before = self.calls
        return self.run(operation, command), self.calls - before


@pytest.fixture(scope="module")
def crowded() -> Counted:
    world = Counted()
    world.add(f"secret-{number:05}" for number in range(MANY))
    world.add(["zebra"])
    for number in range(MANY):
        ref = AssetRef(DATABASE, f"secret-{number:05}")
        world.services().subscriptions.add(ref, frozenset({"user:bob:bob"}))
    world.services().subscriptions.add(AssetRef(DATABASE, "zebra"), frozenset({"user:bob:bob"}))
    return world


def pages(world: Counted, operation: Operation, command: Callable[[Page], Any], size: int) -> list[Any]:
    """With the calls that each took."""
    found: list[Any] = []
    cursor = None
    while cursor or not found:
        found.append(world.page(operation, command(Page(size, cursor))))
        cursor = found[-1][0].cursor
    return found


def told(cursor: str | None) -> bytes:
    return base64.urlsafe_b64decode((cursor or "") + "==")


@pytest.mark.parametrize("size", [1, 1000])
def test_a_page_of_assets_passes_over_a_thousand_and_ends_there(crowded: Counted, size: int):
    crowded.see("zebra")
    found = pages(crowded, list_assets, lambda page: ListAssets(DATABASE, page), size)
    assert [[one.ref.asset_id for one in page.assets] for page, _ in found] == [[], [], ["zebra"]]
    # A query of places and ten batches of heads, one of them small; to go on takes two reads more.
    assert all(calls <= 2 + 2 + 11 for _, calls in found)
    assert not any(b"secret" in told(page.cursor) for page, _ in found)


@pytest.mark.parametrize("size", [1, 1000])
def test_a_page_of_subscriptions_passes_over_a_thousand_and_ends_there(crowded: Counted, size: int):
    crowded.see("zebra")
    found = pages(crowded, list_subscriptions, ListSubscriptions, size)
    assert [[one[1].ref.asset_id for one in page.subscriptions] for page, _ in found] == [[], [], ["zebra"]]
    assert all(calls <= 2 + 2 * 11 for _, calls in found)
    assert not any(b"secret" in told(page.cursor) for page, _ in found)


def test_the_one_asset_that_a_rule_names_is_found_without_a_look_at_the_others(crowded: Counted):
    crowded.see("zebra")
    crowded.guard.within = frozenset({("asset_id", "zebra"), ("asset_id", "x" * 9_000), ("asset_id", "no")})
    try:
        page, calls = crowded.page(list_assets, ListAssets(DATABASE, Page(1)))
    finally:
        crowded.guard.within = None
    assert ([one.ref.asset_id for one in page.assets], page.cursor) == (["zebra"], None)
    assert calls <= 2


def test_who_may_read_nothing_costs_no_look_at_the_assets(crowded: Counted):
    crowded.see()
    crowded.guard.within = frozenset()
    try:
        before = crowded.calls
        with pytest.raises(Forbidden):
            crowded.run(list_assets, ListAssets(DATABASE, Page(10)))
        assert crowded.calls == before
    finally:
        crowded.guard.within = None


def test_assets_are_found_by_a_tag_since_they_have_it():
    world = Counted()
    world.add(f"a{number:03}" for number in range(200, 500))
    new = AssetRef(DATABASE, "a300")
    asset = world.records.asset(new)
    assert asset is not None
    world.run(update_asset, UpdateAsset(new, tags=("red", "public")), head=asset)
    world.guard.rule = lambda _action, thing: "public" in thing.get("tags", ())
    world.guard.within = frozenset({("tags", "public"), ("tags", "x" * 9_000)})
    page, calls = world.page(list_assets, ListAssets(DATABASE, Page(10)))
    assert ([one.ref.asset_id for one in page.assets], page.cursor) == (["a300"], None)
    assert calls <= 3
    head = world.records.asset(new)
    world.guard.rule = lambda action, thing: action == "update" or "public" in thing.get("tags", ())
    world.run(update_asset, UpdateAsset(new, tags=()), head=head)
    with pytest.raises(Forbidden):
        world.run(list_assets, ListAssets(DATABASE, Page(10)))


def test_in_a_database_that_is_older_than_lists_of_tags_all_assets_are_looked_at():
    world = Counted()
    items = world.account.dynamo.items
    del items["DB#db1", "DB"]["tags_listed"]
    for key in [key for key in items if "#TAG#" in key[0]]:
        del items[key]
    world.guard.rule = lambda _action, thing: "red" in thing.get("tags", ())
    world.guard.within = frozenset({("tags", "red")})
    page, _ = world.page(list_assets, ListAssets(DATABASE, Page(10)))
    assert [one.ref.asset_id for one in page.assets] == [REF.asset_id]


@settings(max_examples=30, deadline=None)
@given(
    st.sets(st.integers(0, 30)),
    st.sets(st.integers(0, 30)),
    st.integers(1, 5),
    st.integers(1, 5),
    st.booleans(),
    st.integers(0, 2),
)
def test_pages_of_marked_assets_are_those_of_a_look_at_all(
    named: set[int], tagged: set[int], size: int, hidden: int, seeks: bool, most_tags: int
):
    world = Counted()
    tags: dict[str, tuple[str, ...]] = {}
    for number in range(30):
        ref = AssetRef(DATABASE, f"b{number:02}")
        made = world.new_asset(ref, 500 + number)
        tags[ref.asset_id] = ("public", "both") if number in tagged else ()
        world.records.add_asset(type(made)(**{**asdict(made), "tags": tags[ref.asset_id]}))
    names = {f"b{number:02}" for number in named}
    seen = sorted(name for name in tags if name in names or tags[name])
    world.guard.rule = lambda _action, thing: thing.get("asset_id") in seen
    marks = [*(("asset_id", name) for name in names), ("tags", "public"), ("tags", "both")]
    world.guard.within = frozenset(marks) if seeks else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "MOST_HIDDEN", hidden)
        patch.setattr(places, "MOST_TAGS", most_tags)
        if not seen and not seeks:
            return
        try:
            found = [page for page, _ in pages(world, list_assets, lambda p: ListAssets(DATABASE, p), size)]
        except Forbidden:
            assert not seen
            return
    assert [one.ref.asset_id for page in found for one in page.assets] == seen
    if seeks and most_tags == 2:
        assert all(len(page.assets) == size for page in found[:-1])


def test_a_cursor_behind_an_asset_that_nobody_has_is_refused(crowded: Counted):
    scope = f"assets of {DATABASE} archived=False"
    for position in ("/" + "0" * 23, "/", "/x", "a/b"):
        with pytest.raises(Invalid):
            crowded.run(list_assets, ListAssets(DATABASE, Page(1, seal(scope, position))))
    hidden = crowded.records.asset(AssetRef(DATABASE, "secret-00000"))
    assert hidden is not None
    with pytest.raises(Invalid):
        crowded.run(
            list_assets, ListAssets("other", Page(1, seal("assets of other archived=False", unseen(hidden))))
        )


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(10, 40)), st.integers(1, 4), st.integers(1, 6), st.booleans())
def test_pages_of_databases_end_somewhere_and_tell_no_hidden_name(
    seen: set[int], size: int, most: int, seeks: bool
):
    world = Counted()
    for number in range(10, 41):
        world.records.add_database(Database(f"data-{number}", "", world.clock.now(), "ann"))
    names = [f"data-{number}" for number in sorted(seen)]
    world.guard.rule = lambda _action, thing: thing["database_id"] in names
    world.guard.within = frozenset(("database_id", name) for name in [*names, "gone"]) if seeks else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases_listed, "MOST", most)
        found = [page for page, _ in pages(world, list_databases, ListDatabases, size)]
    assert [one.database_id for page in found for one in page.databases] == names
    shown = {one.database_id.encode() for page in found for one in page.databases}
    for page in found:
        name = told(page.cursor)[9:].strip(b'"').partition(b"/")[0]
        assert not name or name in shown


@pytest.mark.parametrize("named_first", [False, True])
def test_a_page_of_databases_leaves_none_out_where_the_rules_name_others_since_the_page_before(
    named_first: bool, monkeypatch: pytest.MonkeyPatch
):
    """What was passed over in one list is no count of what stands in another."""
    world = Counted()
    both = ["y", "z"]
    for name in both if named_first else [*"abcde", *both]:
        world.records.add_database(Database(name, "", world.clock.now(), "ann"))
    world.guard.rule = lambda _action, thing: thing["database_id"] in both
    named = frozenset(("database_id", name) for name in ([*"abc", *both] if named_first else both))
    monkeypatch.setattr(databases_listed, "MOST", 3)
    cursor, found = None, list[str]()
    for within in (named, None, None, None) if named_first else (None, named, named, named):
        world.guard.within = within
        page = world.run(list_databases, ListDatabases(Page(5, cursor)))
        cursor = page.cursor
        found += [one.database_id for one in page.databases]
        if cursor is None:
            break
    assert found == both


def test_ten_thousand_databases_of_others_cost_a_few_calls():
    world = Counted()
    for number in range(3_000):
        item = {"PK": "DATABASES", "SK": f"other-{number:05}", "database_id": f"other-{number:05}"}
        world.account.dynamo.items["DATABASES", f"other-{number:05}"] = item
    world.guard.rule = lambda _action, thing: thing["database_id"] == "db1"
    page, calls = world.page(list_databases, ListDatabases(Page(1)))
    assert ([one.database_id for one in page.databases], page.cursor) == (["db1"], None)
    assert calls <= 1 + 4


@pytest.mark.parametrize("position", ["db1/x", "db1/-1", "db1/٣", "db1/1234567890123"])
def test_a_place_in_the_list_of_databases_that_nobody_was_given_is_refused(position: str):
    with pytest.raises(Invalid):
        Counted().run(list_databases, ListDatabases(Page(1, seal("databases", position))))


def test_a_page_of_versions_passes_over_so_many_hidden_ones_and_ends_there(monkeypatch: pytest.MonkeyPatch):
    world = Counted()
    world.create()
    first = world.versions()[0]
    rows = {}
    for number in range(2, 602):
        key = {"PK": f"ASSET#{DATABASE}#{REF.asset_id}", "SK": f"V#{number:010d}"}
        stored = world.account.dynamo.items[key["PK"], f"V#{first.number:010d}"]
        rows[key["PK"], key["SK"]] = {**stored, **key, "number": number, "state": "archived"}
    world.account.dynamo.items |= rows
    monkeypatch.setattr(paging, "MOST_HIDDEN", 250)
    found = pages(world, list_versions, lambda page: ListVersions(REF, page, False), 1)
    assert [[one.number for one in page.versions] for page, _ in found] == [[], [], [1]]
    assert all(calls <= 2 + 3 for _, calls in found)
    monkeypatch.setattr(versions_listed, "MOST_LOOKED_AT", 100)
    with pytest.raises(TooLarge):
        world.run(list_versions, ListVersions(REF, Offset(1), False))
