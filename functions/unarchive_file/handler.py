"""Lambda: bring an archived file back."""

from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.runtime.endpoint import endpoint

handler = endpoint(unarchive_file)
