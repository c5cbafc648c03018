"""Lambda: read one file and its history."""

from assetversions.operations.files.get_file import get_file
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_file)
