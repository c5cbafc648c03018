"""Lambda: hand over the bytes of one file."""

from assetversions.operations.versions.stream_file import stream_file
from assetversions.runtime.endpoint import endpoint

handler = endpoint(stream_file)
