"""Lambda: the tags that assets may have."""

from assetversions.runtime.endpoint import family

handler = family("tags")
