"""Lambda: give a link to a file."""

from assetversions.operations.files.download_file import download_file
from assetversions.runtime.endpoint import endpoint

handler = endpoint(download_file)
