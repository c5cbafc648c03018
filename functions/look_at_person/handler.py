"""Lambda: ask the user pool about a person, for all others."""

from assetversions.runtime.looking import handler

__all__ = ["handler"]
