"""Lambda: send webhooks what waits for them."""

from assetversions.runtime.delivering import handler

__all__ = ["handler"]
