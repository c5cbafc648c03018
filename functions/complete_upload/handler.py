"""Lambda: make an upload's files visible."""

from assetversions.operations.files.complete_upload import complete_upload
from assetversions.runtime.endpoint import endpoint

handler = endpoint(complete_upload)
