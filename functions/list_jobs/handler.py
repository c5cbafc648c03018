"""Lambda: list the long operations of an asset."""

from assetversions.operations.versions.list_jobs import list_jobs
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_jobs)
