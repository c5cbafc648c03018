"""Lambda: tell how far a long operation has come."""

from assetversions.operations.versions.get_job import get_job
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_job)
