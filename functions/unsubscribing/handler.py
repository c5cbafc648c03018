"""Lambda: unsubscribing: what a link in a letter leads to."""

from assetversions.runtime.endpoint import family

handler = family("unsubscribing")
