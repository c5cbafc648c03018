"""The users of the Cognito pool: their groups, and whether they sign in with MFA."""

import time
from collections.abc import Callable
from typing import Any

from assetversions.domain.policy import User

# How long a change in the pool may take to be seen; a sign-in's own token lives much longer.
KEPT_SECONDS = 60.0
KEPT_USERS = 5_000


class CognitoUsers:
    """The `Users` port; what the pool says is kept for a minute.

    Few requests ask the pool: `client` is called when one does.
    """

    def __init__(
        self, client: Callable[[], Any], pool: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._pool = pool
        self._clock = clock
        self._kept: dict[str, tuple[float, User | None]] = {}

    def find(self, name: str) -> User | None:
        """None for a user who does not exist, or is disabled."""
        until, user = self._kept.get(name, (0.0, None))
        if self._clock() >= until:
            user = self._ask(name) if 0 < len(name) <= 128 else None
            if len(self._kept) >= KEPT_USERS:
                self._kept.clear()
            self._kept[name] = (self._clock() + KEPT_SECONDS, user)
        return user

    def _ask(self, name: str) -> User | None:
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
        person = next(one["Value"] for one in found["UserAttributes"] if one["Name"] == "sub")
        return User(person, name, groups, bool(found.get("UserMFASettingList")))
