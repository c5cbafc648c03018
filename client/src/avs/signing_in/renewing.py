"""The next access token of a sign-in, whichever kind it was."""

from avs.problems import Exit, Problem, not_signed_in
from avs.profiles import Profile
from avs.signing_in import browser, machine, password
from avs.signing_in.tokens import Tokens, ask_pool


def renew(profile: Profile, renewed_by: str) -> Tokens:
    try:
        if profile.kind == "browser":
            return browser.renew(profile.sign_in_url, profile.client, renewed_by)
        if profile.kind == "user":
            return password.renew(profile.pools_url, profile.client, renewed_by)
        return machine.sign_in(profile.sign_in_url, profile.client, renewed_by)
    except Problem as problem:
        if problem.kind is not Exit.NOT_SIGNED_IN:
            raise
        raise not_signed_in(f"The sign-in of profile '{profile.name}' is over.", profile.name) from problem


def revoke(profile: Profile, refresh_token: str) -> None:
    """Tell the pool that nobody comes in by this sign-in any more."""
    ask_pool(profile.pools_url, "RevokeToken", {"ClientId": profile.client, "Token": refresh_token})
