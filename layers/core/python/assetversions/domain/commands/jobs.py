"""What a caller asks of a long operation."""

from dataclasses import dataclass

from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class GetJob:
    asset: AssetRef
    job_id: str


@dataclass(frozen=True)
class CancelJob:
    asset: AssetRef
    job_id: str
