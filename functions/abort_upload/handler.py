"""Lambda: abort an upload."""

from assetversions.operations.files.abort_upload import abort_upload
from assetversions.runtime.endpoint import endpoint

handler = endpoint(abort_upload)
