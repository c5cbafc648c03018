"""The right to change the working files of an asset, which its head keeps."""

from datetime import datetime

from msgspec import Struct


class Lease(Struct, frozen=True):
    """The right to change the working files of an asset, for one task, in a `job` or without.

    `number` is the version that they become. `taken` is the revision that the head got when it was taken or
    let go of, `begun_on` the one from which the attempts of this task alone have led there, if there is one.
    """

    task: str
    until: datetime
    number: int | None = None
    job: str | None = None
    begun_on: int | None = None
    taken: int = 0
