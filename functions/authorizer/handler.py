"""Lambda: tell who calls, by API token or JWT."""

from assetversions.runtime.authorizer import handler

__all__ = ["handler"]
