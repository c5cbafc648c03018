"""Lambda: what clients read before they can sign in."""

from assetversions.runtime.endpoint import family

handler = family("service")
