"""The environment of a function, read here and nowhere else; light, since the fallback needs it, too."""

import os
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetversions.domain.service_facts import ServiceFacts


def setting(name: str) -> str:
    """What the stack always gives to a function that asks for it."""
    return os.environ[name]


def task_root() -> str:
    """Where Lambda has put the function's own code, and what was packed with it."""
    return setting("LAMBDA_TASK_ROOT")


def loopback_receivers() -> bool:
    """Whether webhooks may go to this machine, and imports come from it: on the local stage alone."""
    return os.environ.get("LOOPBACK_RECEIVERS") == "yes"


def imports_contents() -> bool:
    """Whether the stage fetches contents that callers name by their addresses."""
    return os.environ.get("IMPORTS") == "yes"


def takes_id_tokens() -> bool:
    """Whether the stage lets users in by an ID token, where VAMS's web pages call."""
    return os.environ.get("ID_TOKENS") == "yes"


def sends_mail() -> bool:
    """Whether the stage has an address to send from."""
    return "MAIL_URL" in os.environ


def mail_window() -> timedelta:
    """What happens to an asset within it is one letter."""
    return timedelta(seconds=float(setting("MAIL_WINDOW_SECONDS")))


def version_link() -> str | None:
    """Where the stage says that people look at a version; None for nowhere."""
    return os.environ.get("VERSION_LINK")


def public_url() -> str | None:
    """Where the stage says that clients find the API; None for wherever their requests come to."""
    return os.environ.get("API_URL")


def facts(api_url: str) -> "ServiceFacts":
    """What clients may know before they sign in."""
    from assetversions.domain.service_facts import ServiceFacts  # nothing for the fallback

    # A local system has all of AWS at one address, which AWS's own clients know by this name, too.
    emulator = os.environ.get("AWS_ENDPOINT_URL")
    return ServiceFacts(
        region=setting("AWS_REGION"),
        api_url=api_url,
        tokens_api_url=setting("TOKENS_API_URL"),
        user_pool_id=setting("USER_POOL_ID"),
        client_id=setting("CLIENT_ID"),
        pools_url=emulator or setting("POOLS_URL"),
        sign_in_url=emulator or setting("SIGN_IN_URL"),
        sign_in_client_id=setting("SIGN_IN_CLIENT_ID"),
        console_url=os.environ.get("CONSOLE_URL"),
    )
