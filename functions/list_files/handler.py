"""Lambda: list an asset's files."""

from assetversions.operations.files.list_files import list_files
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_files)
