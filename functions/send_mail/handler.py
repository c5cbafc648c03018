"""Lambda: write people what happened to the assets that they are subscribed to."""

from assetversions.runtime.mailing import handler

__all__ = ["handler"]
