"""Lambda: what the API says of itself, for programs and for people."""

from assetversions.runtime.endpoint import family

handler = family("documents")
