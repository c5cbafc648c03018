"""The Cognito pool: what it says of a name, and of one who has signed in."""

from collections.abc import Callable
from typing import Any

from assetversions.domain.policy import User


class CognitoPool:
    """Few requests ask the pool: `client` is called when one does."""

    def __init__(self, client: Callable[[], Any], pool: str) -> None:
        self._client = client
        self._pool = pool

    def user(self, name: str) -> User | None:
        """None for a user who does not exist, or is disabled."""
        client = self._client()
        missing = (client.exceptions.UserNotFoundException, client.exceptions.InvalidParameterException)
        try:
            found = client.admin_get_user(UserPoolId=self._pool, Username=name)
        except missing:
            return None
        # The pool may take an e-mail address or another spelling for the name: rules know the name alone.
        if not found["Enabled"] or found["Username"] != name:
            return None
        pages = client.get_paginator("admin_list_groups_for_user").paginate(
            UserPoolId=self._pool, Username=name
        )
        groups = frozenset(group["GroupName"] for page in pages for group in page["Groups"])
        return User(_sub(found), name, groups, bool(found.get("UserMFASettingList")), _mail(found))

    def has_mfa(self, token: str, person: str) -> bool | None:
        """Whether the person whose access token this is has MFA set up.

        None where the pool takes the token no more: they are signed out, disabled or gone. Only a request
        with the token itself tells so; `AdminGetUser` does not know who was signed out.
        """
        client = self._client()
        over = (
            client.exceptions.NotAuthorizedException,
            client.exceptions.UserNotFoundException,
            client.exceptions.UserNotConfirmedException,
            client.exceptions.PasswordResetRequiredException,
        )
        try:
            found = client.get_user(AccessToken=token)
        except over:
            return None
        return bool(found.get("UserMFASettingList")) if _sub(found) == person else None


def _sub(found: Any) -> str:
    return _attributes(found)["sub"]


def _mail(found: Any) -> str | None:
    """An address that nobody has verified may be anybody's."""
    known = _attributes(found)
    return known.get("email") if known.get("email_verified") == "true" else None


def _attributes(found: Any) -> dict[str, str]:
    return {one["Name"]: one["Value"] for one in found["UserAttributes"]}
