"""Access tokens as a sign-in gives them, and how each kind of sign-in gets the next one."""

import base64
import json
import time
from dataclasses import asdict, dataclass
from typing import Any

from avs.problems import Exit, Problem
from avs.signing_in import web

# A token that ends so soon is not sent any more: the request may take its time.
SPARE_SECONDS = 60
# When an API token ends, the service alone knows.
FAR = 32_503_680_000.0
TARGET = "AWSCognitoIdentityProviderService"


@dataclass(frozen=True)
class Tokens:
    """`renewed_by` is a refresh token, or the secret of a machine; "" where nothing renews it."""

    access: str
    ends_at: float
    renewed_by: str = ""

    @property
    def fresh(self) -> bool:
        return time.time() < self.ends_at - SPARE_SECONDS

    def secret(self) -> dict[str, Any]:
        return asdict(self)


def from_oauth(said: dict[str, Any], renewed_by: str = "") -> Tokens:
    """What `/oauth2/token` answers; a refresh may bring a new refresh token, and mostly doesn't."""
    return _read(said, ("access_token", "expires_in", "refresh_token"), renewed_by)


def from_api(result: dict[str, Any], renewed_by: str = "") -> Tokens:
    """`AuthenticationResult` of Cognito's API."""
    return _read(result, ("AccessToken", "ExpiresIn", "RefreshToken"), renewed_by)


def _read(said: Any, names: tuple[str, str, str], renewed_by: str) -> Tokens:
    access, lives, refresh = (said.get(name) if isinstance(said, dict) else None for name in names)
    if not isinstance(access, str) or not isinstance(lives, int | float):
        raise Problem(
            Exit.UNEXPECTED, "The user pool answers without a token.", "Is it the right address? Then again."
        )
    return Tokens(access, time.time() + lives, str(refresh or renewed_by))


def claims(token: str) -> dict[str, Any]:
    """What stands in a JWT, unchecked: to show, never to decide by."""
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def ask_pool(pools_url: str, call: str, body: dict[str, Any]) -> dict[str, Any]:
    """One call of Cognito's API that takes no signature."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{TARGET}.{call}"}
    status, said = web.post(pools_url, content=json.dumps(body), headers=headers)
    if status != 200:
        raise refused(str(said.get("message") or said.get("Message") or said.get("__type") or status))
    found: dict[str, Any] = said
    return found


def ask_for_tokens(
    sign_in_url: str, form: dict[str, str], auth: tuple[str, str] | None = None
) -> dict[str, Any]:
    """One call of `/oauth2/token`."""
    status, said = web.post(f"{sign_in_url}/oauth2/token", data=form, auth=auth)
    if status != 200:
        raise refused(str(said.get("error_description") or said.get("error") or status))
    found: dict[str, Any] = said
    return found


def refused(why: str) -> Problem:
    return Problem(Exit.NOT_SIGNED_IN, f"The user pool refuses: {why.rstrip('.')}.")


def given(token: str) -> Tokens:
    """One that somebody has already: an API token, or an access token, which tells when it ends."""
    try:
        ends_at = float(claims(token)["exp"])
    except (ValueError, KeyError, IndexError, TypeError):
        ends_at = FAR
    return Tokens(token, ends_at)
