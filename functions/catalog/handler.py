"""Lambda: databases, assets, and the properties of their metadata."""

from assetversions.runtime.endpoint import family

handler = family("catalog")
