"""Lambda: uploads into an asset."""

from assetversions.runtime.endpoint import family

handler = family("uploads")
