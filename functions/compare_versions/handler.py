"""Lambda: compare two versions, or one with the working files."""

from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.runtime.endpoint import endpoint

handler = endpoint(compare_versions)
