"""Lambda: make an old object version the newest again."""

from assetversions.operations.files.revert_file import revert_file
from assetversions.runtime.endpoint import endpoint

handler = endpoint(revert_file)
