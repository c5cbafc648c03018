"""Lambda: take in what S3's events tell of files."""

from assetversions.runtime.arrivals import handler

__all__ = ["handler"]
