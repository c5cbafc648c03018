"""Lambda: end a long operation."""

from assetversions.operations.versions.cancel_job import cancel_job
from assetversions.runtime.endpoint import endpoint

handler = endpoint(cancel_job)
