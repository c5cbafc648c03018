"""Lambda: put the starter rules into a new table, when the stack is deployed."""

from assetversions.runtime.seeding import handler

__all__ = ["handler"]
