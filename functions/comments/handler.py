"""Lambda: what people say about versions."""

from assetversions.runtime.endpoint import family

handler = family("comments")
