"""A moment as text where whole seconds would not tell two events apart."""

from datetime import UTC, datetime


def milliseconds(moment: datetime) -> str:
    """In UTC, ending in `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
