"""What a caller asks for to look back: an asset's history, comparisons, verifications, jobs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assetversions.domain.commands import AssetName, Page, VersionRef
from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class GetHistory:
    """A page of the asset's events; or, with `at`, what it pointed at then."""

    asset: AssetName
    page: Page
    at: datetime | None = None


class Pointer(StrEnum):
    """What can be compared beside versions: the current version, and the working files."""

    CURRENT = "current"
    WORKING = "working"


@dataclass(frozen=True)
class CompareVersions:
    asset: AssetRef
    left: VersionRef | Pointer
    right: VersionRef | Pointer
    page: Page


@dataclass(frozen=True)
class VerifyVersion:
    asset: AssetRef
    version: VersionRef
    background: bool = False


@dataclass(frozen=True)
class GetJob:
    asset: AssetRef
    job_id: str
