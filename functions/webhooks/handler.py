"""Lambda: webhooks: who is sent what happens to assets."""

from assetversions.runtime.endpoint import family

handler = family("webhooks")
