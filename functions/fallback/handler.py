"""Lambda: answer what no route of the API matches."""

from assetversions.runtime.fallback import handler

__all__ = ["handler"]
