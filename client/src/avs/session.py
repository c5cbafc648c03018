"""The system that a command talks to, signed in as somebody: by a profile, or by the environment."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from avs import profiles, safe
from avs.output import clean
from avs.problems import not_signed_in, usage
from avs.profiles import Profile
from avs.signing_in.tokens import Tokens

if TYPE_CHECKING:
    from assetversions_client import Client

ADDRESS, TOKEN, PROFILE = "AVS_URL", "AVS_TOKEN", "AVS_PROFILE"


class Session:
    """One command's: `as_json` is how its answer is shown."""

    def __init__(self, profile: str | None = None, *, as_json: bool = False) -> None:
        self.name = profile or os.environ.get(PROFILE) or None
        self.as_json = as_json
        self._client: Client | None = None

    def client(self) -> "Client":
        """The system, as who has signed in."""
        if self._client is None:
            from assetversions_client import Client  # slow to import

            self._client = Client(*self._sign_in())
        return self._client

    def profile(self) -> Profile | None:
        """The profile that is meant; None where the environment says all."""
        if self.name is None and os.environ.get(TOKEN):
            return None
        return profiles.read().named(self.name)

    def sign_in_again(self) -> str:
        """What helps where the token is not taken."""
        if self._client is not None and self.name is None and os.environ.get(TOKEN):
            return f"{TOKEN} decides who you are: set it to a token that is valid, or unset it."
        known = profiles.read()
        name = self.name or known.current
        return not_signed_in("", name, new=name not in known.by_name).next_step

    def say(self, line: str) -> None:
        """Tell people something beside the answer."""
        print(clean(line), file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._client is not None:
            self._client.http.close()

    def _sign_in(self) -> "tuple[str, Given | Renewed]":
        profile = self.profile()
        if profile is None:
            url = os.environ.get(ADDRESS)
            if not url:
                raise usage(f"{TOKEN} is set, and {ADDRESS} is not.", f"Set {ADDRESS} to the API's address.")
            from avs.signing_in import web

            return web.checked(url), Given(os.environ[TOKEN])
        return profile.url, Renewed(profile, self.say)


class Given:
    """A token that nothing renews."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, *, fresh: bool = False) -> str:
        return self._token


class Renewed:
    """The token of a profile, renewed when it ends, and kept for the next command."""

    def __init__(self, profile: Profile, say: Callable[[str], None]) -> None:
        self._profile = profile
        self._say = say
        self._tokens: Tokens | None = None

    def __call__(self, *, fresh: bool = False) -> str:
        tokens = self._tokens or self._kept()
        if not tokens.renewed_by:
            if not tokens.fresh:
                raise not_signed_in(
                    f"The token of profile '{self._profile.name}' is over.", self._profile.name
                )
        elif fresh or not tokens.fresh:
            tokens = self._renew(tokens)
        self._tokens = tokens
        return tokens.access

    def _kept(self) -> Tokens:
        found = safe.find(self._profile)
        if found is None:
            raise not_signed_in(f"Profile '{self._profile.name}' is signed out.", self._profile.name)
        return Tokens(**found)

    def _renew(self, tokens: Tokens) -> Tokens:
        from avs.signing_in import renewing

        renewed = renewing.renew(self._profile, tokens.renewed_by)
        place = safe.keep(self._profile.name, renewed.secret(), self._say, self._profile.secrets_in)
        if place != self._profile.secrets_in:
            self._profile = replace(self._profile, secrets_in=place)
            profiles.write(profiles.read().keeping(self._profile))
        return renewed
