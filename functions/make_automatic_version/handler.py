"""Lambda: a message says that an asset may be due for a version that nobody asks for."""

from assetversions.runtime.automatic import handler

__all__ = ["handler"]
