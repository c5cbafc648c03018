"""Lambda: an asset's working files."""

from assetversions.runtime.endpoint import family

handler = family("files")
