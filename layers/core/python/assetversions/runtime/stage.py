"""Which of the two APIs a request came by: the stage of the one for API tokens says so in variables."""

from collections.abc import Mapping
from typing import Any

from assetversions.runtime.environment import public_url


def sign_in_at(event: Mapping[str, Any]) -> str | None:
    """Where those go who signed in: this API takes API tokens alone. None where they are right."""
    return _variables(event).get("signIn")


def address(event: Mapping[str, Any]) -> str | None:
    """Where the stage says that clients find this API; None for wherever their requests come to."""
    return _variables(event).get("address") or public_url()


def _variables(event: Mapping[str, Any]) -> Mapping[str, str]:
    return event.get("stageVariables") or {}
