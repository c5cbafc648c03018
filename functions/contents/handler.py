"""Lambda: assets as one content each."""

from assetversions.runtime.endpoint import family

handler = family("contents")
