"""Lambda: start an upload."""

from assetversions.operations.start_upload import start_upload
from assetversions.runtime.endpoint import endpoint

handler = endpoint(start_upload)
