"""Lambda: what is said of assets, key by key."""

from assetversions.runtime.endpoint import family

handler = family("metadata")
