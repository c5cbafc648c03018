"""`make user` and `make token`: who can sign in to a deployed stage, and an access token of one."""

import argparse
import os
import secrets
import string
import sys
from contextlib import suppress
from getpass import getpass
from typing import Any

from botocore.exceptions import ClientError

from infra.deployed import outputs, session

# Each has to be in a password, see infra/identity.py.
KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.+=")


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="make")
    parser.add_argument("command", choices=["user", "token"])
    for name in ("stage", "name", "group", "mail"):
        parser.add_argument(f"--{name}", default="")
    asked = parser.parse_args(words)
    if not asked.name:
        group = " GROUP=editor" if asked.command == "user" else ""
        raise SystemExit(f"Say whose: make {asked.command} STAGE={asked.stage} NAME=mara{group}")
    if asked.stage == "local":
        raise SystemExit("The local system has users of its own: make token USER=editor")
    where = session(asked.stage)
    names = outputs(asked.stage, where)
    cognito = where.client("cognito-idp")
    try:
        if asked.command == "user":
            invite(cognito, names["UserPoolId"], asked.name, asked.group, asked.mail)
        else:
            print(access_token(cognito, names["ClientId"], asked.name, _password(asked.name)))
    except ClientError as error:
        raise SystemExit(f"{asked.name}: {error.response['Error']['Message']}") from None


def invite(cognito: Any, pool: str, name: str, group: str, mail: str = "") -> None:
    """A user in a group, with a password that stays; the password of one who has signed in before is kept."""
    groups = [
        found["GroupName"]
        for page in cognito.get_paginator("list_groups").paginate(UserPoolId=pool)
        for found in page["Groups"]
    ]
    if group not in groups:
        raise SystemExit(f"There is no group {group!r}. Say one of GROUP={', GROUP='.join(sorted(groups))}.")
    given = os.environ.get("PASSWORD")
    if not given and _has_password(cognito, pool, name):
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=group)
        _set_mail(cognito, pool, name, mail)
        print(f"{name} is in group {group} and keeps the password; PASSWORD=… sets another one.")
        return
    password = given or _typed(f"Password for {name} (leave it empty and one is made): ") or make_password()
    add_user(cognito, pool, name, password, group, mail)
    print(f"{name} is in group {group} and can sign in.")
    if not given:
        print(f"Password, shown this once: {password}")


def add_user(cognito: Any, pool: str, name: str, password: str, group: str, mail: str = "") -> None:
    """The user, made if there is none, with this password for good, in the group; harmless to repeat."""
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=group)
    _set_mail(cognito, pool, name, mail)


def _set_mail(cognito: Any, pool: str, name: str, mail: str) -> None:
    """Verified by whoever says so here; where nothing is said, nothing changes."""
    if not mail:
        return
    known = [{"Name": "email", "Value": mail}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_update_user_attributes(UserPoolId=pool, Username=name, UserAttributes=known)


def access_token(cognito: Any, client_id: str, name: str, password: str) -> str:
    """A fresh access token, as any client gets it."""
    reply = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )
    if "AuthenticationResult" not in reply:
        raise SystemExit(
            f"Cognito asks {name} for more than a password ({reply['ChallengeName']}): use a client."
        )
    return str(reply["AuthenticationResult"]["AccessToken"])


def make_password() -> str:
    """Twenty characters that satisfy the pool."""
    while True:
        password = "".join(secrets.choice("".join(KINDS)) for _ in range(20))
        if all(set(kind) & set(password) for kind in KINDS):
            return password


def _has_password(cognito: Any, pool: str, name: str) -> bool:
    try:
        found = cognito.admin_get_user(UserPoolId=pool, Username=name)
    except cognito.exceptions.UserNotFoundException:
        return False
    return bool(found["UserStatus"] == "CONFIRMED")


def _password(name: str) -> str:
    given = os.environ.get("PASSWORD") or _typed(f"Password of {name}: ")
    if not given:
        raise SystemExit(
            f"Say the password of {name} in the environment, as PASSWORD, or run this in a terminal."
        )
    return given


def _typed(question: str) -> str:
    """What is typed at a terminal, unseen; nothing without one."""
    return getpass(question) if sys.stdin.isatty() else ""


if __name__ == "__main__":
    main(sys.argv[1:])
