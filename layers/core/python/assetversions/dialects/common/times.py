"""A moment as text where whole seconds would not tell two events apart; in UTC, ending in `Z`."""

from datetime import UTC, datetime


def milliseconds(moment: datetime) -> str:
    return _text(moment, "milliseconds")


def microseconds(moment: datetime) -> str:
    return _text(moment, "microseconds")


def _text(moment: datetime, precision: str) -> str:
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
