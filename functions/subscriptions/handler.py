"""Lambda: who wants to hear of new versions."""

from assetversions.runtime.endpoint import family

handler = family("subscriptions")
