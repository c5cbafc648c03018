"""What a system tells before anybody has signed in: where the API is, and where its user pool."""

from dataclasses import dataclass
from typing import Any

from avs.problems import Exit, Problem
from avs.signing_in import web

ROUTE = "/api/amplify-config"


@dataclass(frozen=True)
class System:
    """`client` is for passwords, `browser_client` for browsers; `console_url` None where there is none."""

    url: str
    tokens_url: str
    pools_url: str
    sign_in_url: str
    client: str
    browser_client: str
    console_url: str | None


def look(url: str) -> System:
    """Ask the system at `url`, which may be written without `https://`."""
    address = web.checked(url if "://" in url else f"https://{url}")
    said = web.get(f"{address}{ROUTE}")
    return System(
        url=address,
        tokens_url=web.checked(_text(said, "tokensApi")),
        pools_url=web.checked(_text(said, "cognitoUrl")),
        sign_in_url=web.checked(_text(said, "signInUrl")),
        client=_text(said, "cognitoAppClientId"),
        browser_client=_text(said, "signInClientId"),
        console_url=said.get("consoleUrl"),
    )


def _text(said: Any, name: str) -> str:
    found = said.get(name) if isinstance(said, dict) else None
    if not isinstance(found, str) or not found:
        raise Problem(
            Exit.NOT_FOUND,
            f"The system does not tell where to sign in: {name} is missing.",
            "It is older than this avs: update it.",
        )
    return found
