"""Lambda: begin the reconciliations that are due."""

from assetversions.runtime.reconciling import handler

__all__ = ["handler"]
