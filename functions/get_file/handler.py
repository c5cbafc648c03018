"""Lambda: read one file and its history."""

from assetversions.operations.get_file import get_file
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_file)
