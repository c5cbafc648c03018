"""The setting that lets versions make themselves, as VAMS bodies say it; null leaves it to the database."""

from typing import Any, Literal, Protocol

from pydantic import Field, model_validator

from assetversions.dialects.common.http import Body
from assetversions.domain.automatic import MAX_SECONDS, MIN_SECONDS, UNSAID, After, AutoVersion
from assetversions.domain.errors import Invalid

FIELD = "autoVersion"


class AutoVersionBody(Body):
    after: Literal["upload", "quiet", "never"]
    seconds: int | None = Field(None, ge=MIN_SECONDS, le=MAX_SECONDS)


class ChangeBody(Body):
    """A null changes something in `autoVersion` alone."""

    autoVersion: AutoVersionBody | None = None

    @model_validator(mode="after")
    def _something(self) -> "ChangeBody":
        if FIELD not in self.model_fields_set and all(value is None for value in dict(self).values()):
            first, *more = sorted(type(self).model_fields, key=FIELD.__eq__)
            raise ValueError(f"{first}: give at least one of {', '.join([first, *more])}")
        return self


class HasAutoVersion(Protocol):
    autoVersion: AutoVersionBody | None

    @property
    def model_fields_set(self) -> set[str]: ...


def read_auto_version(body: HasAutoVersion) -> AutoVersion:
    """Invalid for seconds that are missing, or that nothing would wait for."""
    given = body.autoVersion
    if given is None:
        return UNSAID
    after = After(given.after)
    if (given.seconds is None) == (after is After.QUIET):
        raise Invalid(f"{FIELD}.seconds", 'goes with {"after": "quiet"}, and with that alone.')
    return AutoVersion(after, given.seconds)


def read_change(body: HasAutoVersion) -> AutoVersion | None:
    """None where it is to stay as it is; null in a body is something else."""
    return read_auto_version(body) if FIELD in body.model_fields_set else None


def write_auto_version(rule: AutoVersion) -> dict[str, Any] | None:
    if rule == UNSAID:
        return None
    return {"after": str(rule.after)} | ({} if rule.seconds is None else {"seconds": rule.seconds})
