"""Machines at every route of every dialect: their memberships, their scopes, and the users they act for."""

from typing import Any

import boto3
import pytest
from assetversions.dialects import ROUTES
from assetversions.runtime import paths
from assetversions.storage.dynamodb import keys

from tests.support.aws import Calls, people
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
    boto3.resource("dynamodb").Table("table").put_item(Item=item)


def routes_for(*actions: str) -> set[str]:
    """The guarded routes whose operations declare one of these actions."""
    return {route.key for route in ROUTES if paths.action(route) in actions}


READING = routes_for("read", "whoami", "tokens")
NOT_AN_EDITOR_S = routes_for("policy", "delete")
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
    [("viewer", NOT_A_MACHINE_S | GUARDED - READING), ("admin", NOT_A_MACHINE_S), ("nobody-at-all", GUARDED)],
)
def test_for_a_user_it_does_what_both_may(user: str, refused: set[str]):
    assert answered(Client(MACHINE, scopes=SCOPES, acts_for=user), 403) == refused


def test_a_user_can_not_act_for_another():
    assert answered(Client("viewer", ("viewer",), acts_for="admin"), 403) == GUARDED - READING
