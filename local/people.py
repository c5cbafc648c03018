"""The three local users, one a role, and their tokens."""

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
