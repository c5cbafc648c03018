"""Of a deleted asset nothing is left to ask for, and nothing can be done to it any more."""

import pytest
from assetversions.storage.dynamodb.mail_keys import SUBSCRIPTIONS
from assetversions.storage.dynamodb.records import DynamoRecords

from tests.integration.storage.keyed import ASSET, REQUESTS, WITHOUT_RECEIPT, Once, World, admin
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls
from tests.support.routes import names_in_paths, wanted

DELETE = REQUESTS["delete_asset"]
GONE = {"confirmPermanentDelete": True}
# What names the asset in its path or in its body.
ABOUT_IT = {
    name: once
    for name, once in (REQUESTS | WITHOUT_RECEIPT).items()
    if "a1" in f"{once.path} {once.body}" or "{content}" in once.path
}


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    return World(calls, account, monkeypatch)


@pytest.mark.parametrize("once", ABOUT_IT.values(), ids=ABOUT_IT)
def test_whatever_would_change_it_finds_nothing_and_changes_nothing(world: World, once: Once):
    world.prepare(once)
    assert admin("DELETE", f"{ASSET}/deleteAsset", GONE).status == 200
    before = world.state()
    assert world.send(once).status == 404
    assert world.state() == before


def test_whoever_reads_finds_nothing(world: World):
    from assetversions.dialects import ROUTES

    names = names_in_paths()
    about = [route for route in ROUTES if route.key.startswith("GET") and not route.open]
    asked = [wanted(route.key, names, "admin") for route in about]
    reads = [one for one in asked if "a1" in one.path or names["posta asset"] in one.path]
    assert len(reads) > 15
    assert admin("DELETE", f"{ASSET}/deleteAsset", GONE).status == 200
    found = {one.path: admin("GET", one.path, query=one.query).status for one in reads}
    assert set(found.values()) == {404}, found


def test_the_same_request_again_is_answered_as_before(world: World):
    first, again = world.send(DELETE), world.send(DELETE)
    assert (first.status, again.status, again.body) == (200, 200, first.body)
    assert again.replayed == "true"
    assert admin(DELETE.method, DELETE.path, DELETE.body).status == 404


def test_what_was_done_before_it_went_is_not_told_again(world: World):
    """An update under a key, sent again."""
    update = REQUESTS["update_asset"]
    assert world.send(update).status == 200
    assert admin("DELETE", f"{ASSET}/deleteAsset", GONE).status == 200
    assert world.send(update).status == 404


def test_nobody_stays_subscribed_to_it(world: World):
    assert world.send(REQUESTS["subscribe"]).status == 200
    kept = world.account.dynamo.items
    assert SUBSCRIPTIONS in {partition for partition, _ in kept}
    assert admin("DELETE", f"{ASSET}/deleteAsset", GONE).status == 200
    assert SUBSCRIPTIONS not in {partition for partition, _ in kept}


def test_what_is_sent_again_while_it_goes_finds_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    """Its head was there at the door, and is gone then."""
    complete = REQUESTS["complete_upload"]
    world.prepare(complete)
    assert world.send(complete).status == 200
    monkeypatch.setattr(DynamoRecords, "asset", lambda _self, _ref: None)
    assert world.send(complete).status == 404
