"""Lambda: archive files."""

from assetversions.operations.files.archive_files import archive_files
from assetversions.runtime.endpoint import endpoint

handler = endpoint(archive_files)
