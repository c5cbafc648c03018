"""Lambda: start an upload."""

from assetversions.operations.files.start_upload import start_upload
from assetversions.runtime.endpoint import endpoint

handler = endpoint(start_upload)
