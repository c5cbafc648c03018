"""The three local users, one a role, the machine client, and their tokens."""

import json
import urllib.parse
import urllib.request
from contextlib import suppress

from botocore.exceptions import ClientError

from infra.people import access_token, add_user
from infra.settings import from_file
from local.aws import client

# No secret: it opens nothing but the emulator on this machine.
PASSWORD = "Local-only-1234!"
USERS = ("admin", "editor", "viewer")


def make_users(endpoint: str, pool: str) -> None:
    """Make the users that are not there yet, each in the group of its name; and the sender of their mail."""
    cognito, mail = client("cognito-idp", endpoint), from_file("local").mail
    for user in USERS:
        add_user(cognito, pool, user, PASSWORD, group=user, mail=f"{user}@asset-versions.example")
    if mail is not None:
        with suppress(ClientError):  # it is there already
            client("sesv2", endpoint).create_email_identity(EmailIdentity=mail.sender)


def token(endpoint: str, client_id: str, user: str) -> str:
    """A fresh access token."""
    try:
        return access_token(client("cognito-idp", endpoint), client_id, user, PASSWORD)
    except ClientError as error:
        reason = error.response["Error"]["Message"]
        raise SystemExit(f"No token for {user!r}: {reason} Users are {', '.join(USERS)}.") from None


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
