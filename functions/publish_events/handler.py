"""Lambda: tell the world what the table's stream says has happened."""

from assetversions.runtime.publishing import handler

__all__ = ["handler"]
