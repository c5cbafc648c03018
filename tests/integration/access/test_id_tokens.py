"""VAMS's web pages send the ID token: it is taken where the stage says so, and tells of the same person."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.vams.routes import ROUTES as VAMS
from assetversions.domain.errors import Unauthenticated
from assetversions.runtime import wiring
from assetversions.runtime.persons import Persons
from assetversions.storage.dynamodb import keys, policy_snapshot
from assetversions.storage.dynamodb.items import time_text
from assetversions.storage.dynamodb.looks import LOOKED, Looks
from authz.identity import Identity, SignIn

from tests.support.aws import Calls, people, put
from tests.support.lambda_client import Client
from tests.support.routes import make_asset, statuses

# Each API refuses in its own words.
OURS = {route.key for route in ROUTES if route.error == VAMS[0].error}
POOLS = {route.key for route in ROUTES if not route.open and not route.lambda_authorizer}
ADMIN = ("admin", ("admin",))
# Those who have a token have signed in later.
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def asset(calls: Calls, s3: Any) -> None:
    make_asset(s3)
    for name in ("admin", "editor", "viewer"):
        people().add(name, name)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ID_TOKENS", "yes")


def test_the_pools_own_authorizer_stands_at_vams_routes_alone():
    """Ours, at all others, takes access tokens and API tokens: tests/unit/authz/test_jwt.py."""
    assert POOLS < OURS


def test_an_id_token_is_refused_at_every_route_of_a_stage_that_does_not_say_so():
    assert set(statuses(Client(*ADMIN, by_id_token=True)).values()) == {401}


@pytest.mark.usefixtures("taken")
def test_where_the_stage_says_so_it_does_what_the_access_token_does():
    viewer = ("viewer", ("viewer",))
    by_access, by_id = (statuses(Client(*viewer, by_id_token=by_id)) for by_id in (False, True))
    assert {key: by_id[key] for key in POOLS} == {key: by_access[key] for key in POOLS}


def by_id(session: str = "one", person: str = "sub-of-ann") -> Identity:
    return Identity(person, "ann", frozenset(), sign_in=SignIn(session, 1_000, by_id_token=True))


def look(name: str = "ann", person: str | None = "sub-of-ann", **facts: Any) -> Persons:
    """What the pool has just said of a name; it is not asked again."""
    now = int(wiring.now().timestamp() * 1000)
    found = {} if person is None else {"person": person, "groups": [], "mfa": True, "mail": None}
    put(keys.look_at_name(name), **{LOOKED: now}, **found, **facts)
    return Persons(Looks(wiring.table(), wiring.now), Mock(side_effect=AssertionError))


def test_who_is_there_comes_in_and_who_is_disabled_or_gone_does_not():
    assert look().standing(by_id(), None, "token").signed_in_at == 1_000
    with pytest.raises(Unauthenticated, match="signed out"):
        look(person=None).standing(by_id(), None, "token")
    with pytest.raises(Unauthenticated, match="signed out"):
        look(person="another").standing(by_id(), None, "token")


def test_a_sign_in_that_is_known_to_be_over_is_over_for_its_id_token():
    ended = {LOOKED: 1, "since": 0, "mfa": False, "without_mfa_at": 0, "ended": {"one": 1}}
    with pytest.raises(Unauthenticated, match="signed out"):
        look().standing(by_id("one"), ended, "token")
    assert look().standing(by_id("two"), ended, "token")


def test_the_pool_is_asked_once_a_minute_and_by_name_never_with_the_id_token():
    now, asked = wiring.now(), []

    def ask(question: Any) -> None:
        asked.append(dict(question))
        look()

    persons = Persons(Looks(wiring.table(), lambda: now), ask)
    for _ in range(3):
        persons.standing(by_id(), None, "token")
    assert asked == [{"name": "ann"}]


@pytest.mark.usefixtures("taken")
def test_a_role_that_requires_mfa_never_counts_by_an_id_token(monkeypatch: pytest.MonkeyPatch):
    policy_snapshot.add_missing(
        wiring.table(), {}, [{"name": "editor", "description": "edits", "requires_mfa": True}]
    )
    put(keys.membership("sub-of-editor"), roles=[], mfa_since=time_text(BEFORE))
    seen = {LOOKED: int(wiring.now().timestamp() * 1000), "since": 0, "mfa": True, "without_mfa_at": 0}
    put(keys.look_at_person("sub-of-editor"), **seen)
    monkeypatch.setattr(people(), "standing", look("editor", "sub-of-editor").standing)
    editor = ("editor", ("editor",))
    allowed, refused = (Client(*editor, by_id_token=by_id)("GET", "/database") for by_id in (False, True))
    assert (allowed.status, refused.status) == (200, 403)
