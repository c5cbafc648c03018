"""Lambda: links between assets."""

from assetversions.runtime.endpoint import family

handler = family("links")
