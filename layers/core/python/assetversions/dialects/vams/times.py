"""How VAMS writes a moment: whole seconds in UTC, ending in `Z`."""

from datetime import UTC, datetime


def text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
