"""Sign in by name and password, with a second factor or a new password where the pool asks for it."""

from collections.abc import Callable
from typing import Any

from avs.problems import Exit, Problem
from avs.signing_in.system import System
from avs.signing_in.tokens import Tokens, ask_pool, from_api

# What the pool may ask for, and how it wants to be told.
ASKED = {
    "NEW_PASSWORD_REQUIRED": ("New password", "NEW_PASSWORD"),
    "SOFTWARE_TOKEN_MFA": ("Code of your authenticator", "SOFTWARE_TOKEN_MFA_CODE"),
    "EMAIL_OTP": ("Code from the mail", "EMAIL_OTP_CODE"),
    "SMS_MFA": ("Code from the message", "SMS_MFA_CODE"),
}


def sign_in(system: System, user: str, ask: Callable[[str], str]) -> Tokens:
    """`ask` gets one secret from whoever sits there, by its name."""
    said = ask_pool(
        system.pools_url,
        "InitiateAuth",
        {
            "ClientId": system.client,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": user, "PASSWORD": ask("Password")},
        },
    )
    while "AuthenticationResult" not in said:
        said = _answer(system, user, said, ask)
    return from_api(said["AuthenticationResult"])


def _answer(system: System, user: str, said: dict[str, Any], ask: Callable[[str], str]) -> dict[str, Any]:
    challenge = said.get("ChallengeName", "")
    if challenge not in ASKED:
        raise Problem(
            Exit.NOT_SIGNED_IN,
            f"The user pool asks for {challenge or 'something'}, which needs its own pages.",
            "Sign in with a browser: avs login URL",
        )
    question, field = ASKED[challenge]
    name = said.get("ChallengeParameters", {}).get("USER_ID_FOR_SRP", user)
    return ask_pool(
        system.pools_url,
        "RespondToAuthChallenge",
        {
            "ClientId": system.client,
            "ChallengeName": challenge,
            "Session": said.get("Session"),
            "ChallengeResponses": {"USERNAME": name, field: ask(question)},
        },
    )


def renew(pools_url: str, client: str, refresh_token: str) -> Tokens:
    said = ask_pool(
        pools_url,
        "InitiateAuth",
        {
            "ClientId": client,
            "AuthFlow": "REFRESH_TOKEN_AUTH",
            "AuthParameters": {"REFRESH_TOKEN": refresh_token},
        },
    )
    return from_api(said["AuthenticationResult"], refresh_token)
