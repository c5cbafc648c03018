"""The environment of a function, read here and nowhere else; light, since the fallback needs it, too."""

import os


def setting(name: str) -> str:
    """What the stack always gives to a function that asks for it."""
    return os.environ[name]


def loopback_receivers() -> bool:
    """Whether webhooks may go to this machine: on the local stage alone."""
    return os.environ.get("LOOPBACK_RECEIVERS") == "yes"


def public_url() -> str | None:
    """Where the stage says that clients find the API; None for wherever their requests come to."""
    return os.environ.get("API_URL")
