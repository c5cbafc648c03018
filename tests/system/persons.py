"""Users of the pool: how they sign in, those who are made for one test, and what ends these."""

import time
from collections.abc import Callable
from uuid import uuid4

from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.looks import LOOKED

from infra.people import add_user
from local.people import PASSWORD
from local.system import System
from tests.system.client import Api


def sign_in(system: System, name: str, kind: str = "AccessToken", client_id: str = "") -> str:
    """A token of a user with the local password; by another client than the stack's where one is named."""
    reply = system.client("cognito-idp").initiate_auth(
        ClientId=client_id or system.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
    )
    return str(reply["AuthenticationResult"][kind])


def newcomer(system: System, name: str) -> str:
    """The token of a new user who is in no group."""
    user = {"UserPoolId": system.user_pool_id, "Username": name}
    cognito = system.client("cognito-idp")
    cognito.admin_create_user(**user, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**user, Password=PASSWORD, Permanent=True)
    return sign_in(system, name)


class Person:
    """A user of the pool who is made for one test."""

    role = ""

    def __init__(self, system: System, group: str = "viewer"):
        self.system, self.name = system, f"p-{uuid4().hex[:10]}"
        self.cognito = system.client("cognito-idp")
        self.make(group)

    def make(self, group: str) -> None:
        add_user(self.cognito, self.system.user_pool_id, self.name, PASSWORD, group)

    def sign_in(self) -> Api:
        return Api(self.system.api_url, sign_in(self.system, self.name))

    def at_pool(self, call: str) -> None:
        """`admin_delete_user`, for example."""
        getattr(self.cognito, call)(UserPoolId=self.system.user_pool_id, Username=self.name)


def a_minute_later(system: System) -> None:
    """What the pool said of anybody is as old as it would be in a minute."""
    table = system.client("dynamodb")
    pages = table.get_paginator("scan").paginate(TableName=system.table)
    for item in (item for page in pages for item in page["Items"]):
        key = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
        if key[keys.PARTITION]["S"].startswith(keys.LOOKS_PREFIX) and LOOKED in item:
            then = {":then": {"N": str(int(item[LOOKED]["N"]) - 60_000)}}
            table.update_item(
                TableName=system.table,
                Key=key,
                UpdateExpression=f"SET {LOOKED} = :then",
                ExpressionAttributeValues=then,
            )
    # A container goes by what it has read for a second where no asset is asked for.
    time.sleep(1)


def _token(how: str, *, another: bool = False) -> Callable[[System], dict[str, str]]:
    """The access token of an admin who may not come in any more; then another one has the name, or not."""

    def made(system: System) -> dict[str, str]:
        person = Person(system, "admin")
        caller = person.sign_in()
        person.at_pool(how)
        if another:
            person.make("admin")
        return {"Authorization": f"Bearer {caller.token}"}

    return made


def _key(system: System) -> dict[str, str]:
    person = Person(system, "admin")
    made = person.sign_in().ok("POST", "/api-tokens", json={"name": "x"})
    person.at_pool("admin_disable_user")
    a_minute_later(system)
    return {"X-Api-Key": made["token"]}


# Credentials that were good.
OUT: dict[str, Callable[[System], dict[str, str]]] = {
    "of one who was signed out": _token("admin_user_global_sign_out"),
    "of one who was disabled": _token("admin_disable_user"),
    "of one who was deleted": _token("admin_delete_user"),
    "of one whose name another has": _token("admin_delete_user", another=True),
    "an API token of one who was disabled": _key,
}


def ended(out: Callable[[System], dict[str, str]], system: System, _key: str) -> dict[str, str]:
    return out(system)
