"""At every route of every dialect: machines, those who are out, and a second factor that was set up later."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.dialects import ROUTES
from assetversions.runtime import paths, wiring
from assetversions.runtime.persons import Persons
from assetversions.storage.dynamodb import keys, policy_snapshot
from assetversions.storage.dynamodb.items import time_text
from assetversions.storage.dynamodb.looks import LOOKED, Looks

from tests.support.aws import Calls, people, put
from tests.support.lambda_client import MACHINE, SCOPES, Client
from tests.support.routes import make_asset, statuses

GUARDED = {route.key for route in ROUTES if not route.open}
USERS_ONLY = {route.key for route in ROUTES if route.users_only}


@pytest.fixture(autouse=True)
def machine(calls: Calls, s3: Any) -> None:
    """It has the role of an editor; the users are in the group of their name."""
    make_asset(s3)
    for name in ("admin", "editor", "viewer"):
        people().add(name, name)
    item = {**keys.membership(MACHINE), "roles": ["editor"]}
    put(item)


def routes_for(*actions: str) -> set[str]:
    """The guarded routes whose operations declare one of these actions."""
    return {route.key for route in ROUTES if paths.action(route) in actions}


READING = routes_for("read", "whoami", "tokens")
NOT_AN_EDITOR_S = routes_for("policy", "delete")
OWN = routes_for("whoami", "tokens")
# It would be sent what the machine may not read.
FOR_ONESELF = {"POST /webhooks", "POST /webhooks/{webhookId}/secret"}
NOT_A_MACHINE_S = NOT_AN_EDITOR_S | routes_for("tokens")


def answered(client: Client, status: int) -> set[str]:
    return {key for key, found in statuses(client).items() if found == status}


def test_a_machine_does_what_its_membership_allows_but_keeps_no_tokens():
    found = statuses(Client(MACHINE, scopes=SCOPES))
    assert {key for key, status in found.items() if status == 401} == USERS_ONLY
    assert {key for key, status in found.items() if status == 403} == NOT_A_MACHINE_S


def test_with_one_scope_it_stays_within_it():
    assert (
        answered(Client(MACHINE, scopes=("data:read",)), 403)
        == (NOT_A_MACHINE_S | GUARDED - READING) - USERS_ONLY
    )


@pytest.mark.parametrize(
    ("user", "refused"),
    [
        ("viewer", NOT_A_MACHINE_S | FOR_ONESELF | GUARDED - READING),
        ("admin", NOT_A_MACHINE_S | FOR_ONESELF),
        ("nobody-at-all", GUARDED),
    ],
)
def test_for_a_user_it_does_what_both_may(user: str, refused: set[str]):
    assert answered(Client(MACHINE, scopes=SCOPES, acts_for=user), 403) == refused


def test_a_user_can_not_act_for_another():
    assert answered(Client("viewer", ("viewer",), acts_for="admin"), 403) == GUARDED - READING


# When those have signed in who have a token.
SIGNED_IN = datetime.fromtimestamp(1_700_000_000, UTC)


def seen(monkeypatch: pytest.MonkeyPatch, name: str, **facts: Any) -> None:
    """The pool has said so of a user, and nothing of the admin, just now; it is not asked again."""
    look = {LOOKED: int(wiring.now().timestamp() * 1000), "since": 0, "mfa": False, "without_mfa_at": 0}
    put(keys.look_at_person("sub-of-admin"), **look)
    put(keys.look_at_person(f"sub-of-{name}"), **(look | facts))
    real = Persons(Looks(wiring.table(), wiring.now), Mock(side_effect=AssertionError))
    monkeypatch.setattr(people(), "standing", real.standing)


def test_whose_sign_in_is_over_is_nobody_at_every_route(monkeypatch: pytest.MonkeyPatch):
    seen(monkeypatch, "editor", ended={f"session-{SIGNED_IN.timestamp():.0f}": 1})
    assert answered(Client("editor", ("editor",)), 401) == GUARDED


@pytest.mark.parametrize(("after", "refused"), [(-1, NOT_AN_EDITOR_S), (1, GUARDED - OWN)])
def test_a_role_that_requires_mfa_counts_nowhere_where_that_was_confirmed_after_the_sign_in(
    monkeypatch: pytest.MonkeyPatch, after: int, refused: set[str]
):
    role = {"name": "editor", "description": "leads", "requires_mfa": True}
    policy_snapshot.add_missing(wiring.table(), {}, [role])
    confirmed = time_text(SIGNED_IN + timedelta(seconds=after))
    put(keys.membership("sub-of-editor"), roles=[], mfa_since=confirmed)
    seen(monkeypatch, "editor", mfa=True)
    assert answered(Client("editor", ("editor",)), 403) == refused
