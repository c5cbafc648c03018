"""What a caller asks of a long operation."""

from msgspec import Struct

from assetversions.domain.commands.common import AssetName
from assetversions.domain.model import AssetRef


class GetJob(Struct, frozen=True):
    asset: AssetName
    job_id: str


class CancelJob(Struct, frozen=True):
    asset: AssetRef
    job_id: str
