"""The three local users, one a role, the machine client, and their tokens."""

import json
import urllib.parse
import urllib.request
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from local.aws import client

# No secret: it opens nothing but the emulator on this machine.
PASSWORD = "Local-only-1234!"
USERS = ("admin", "editor", "viewer")


def make_users(endpoint: str, pool: str) -> None:
    """Make the users that are not there yet, each in the group of its name."""
    cognito = client("cognito-idp", endpoint)
    for user in USERS:
        with suppress(cognito.exceptions.UsernameExistsException):
            cognito.admin_create_user(UserPoolId=pool, Username=user, MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool, Username=user, Password=PASSWORD, Permanent=True)
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=user, GroupName=user)


def token(endpoint: str, client_id: str, user: str) -> str:
    """A fresh access token."""
    cognito: Any = client("cognito-idp", endpoint)
    try:
        reply = cognito.initiate_auth(
            ClientId=client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user, "PASSWORD": PASSWORD},
        )
    except ClientError as error:
        reason = error.response["Error"]["Message"]
        raise SystemExit(f"No token for {user!r}: {reason} Users are {', '.join(USERS)}.") from None
    return str(reply["AuthenticationResult"]["AccessToken"])


def machine_token(endpoint: str, pool: str, client_id: str, scope: str) -> str:
    """An access token by client credentials, as a machine gets it; its secret is read with our powers."""
    found = client("cognito-idp", endpoint).describe_user_pool_client(UserPoolId=pool, ClientId=client_id)
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": found["UserPoolClient"]["ClientSecret"],
    } | ({"scope": scope} if scope else {})
    body = urllib.parse.urlencode(form).encode()
    with urllib.request.urlopen(f"{endpoint}/oauth2/token", data=body, timeout=60) as reply:
        return str(json.load(reply)["access_token"])
