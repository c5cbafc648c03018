"""What a caller asks of a long operation."""

from msgspec import Struct

from assetversions.domain.commands.common import AssetName, Page
from assetversions.domain.model import AssetRef


class GetJob(Struct, frozen=True):
    asset: AssetName
    job_id: str


class ListJobs(Struct, frozen=True):
    asset: AssetRef
    page: Page


class CancelJob(Struct, frozen=True):
    asset: AssetRef
    job_id: str
