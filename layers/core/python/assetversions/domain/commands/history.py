"""What a caller asks of versions that are there: how they came, how they differ, whether they are whole."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from assetversions.domain.commands.common import AssetName, Page, VersionRef
from assetversions.domain.model import AssetRef


class GetHistory(Struct, frozen=True):
    """A page of the asset's events; or, with `at`, what it pointed at then.

    With `after`, what was committed since the page whose reply had it, in order; all of it where it is empty.
    """

    asset: AssetName
    page: Page
    at: datetime | None = None
    after: str | None = None


class Pointer(StrEnum):
    """What can be compared beside versions: the current version, and the working files."""

    CURRENT = "current"
    WORKING = "working"


class CompareVersions(Struct, frozen=True):
    asset: AssetRef
    left: VersionRef | Pointer
    right: VersionRef | Pointer
    page: Page


class VerifyVersion(Struct, frozen=True):
    asset: AssetRef
    version: VersionRef
    background: bool = False
