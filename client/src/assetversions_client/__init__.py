"""A typed client of Asset Versions, over its VAMS API."""

__version__ = "0.1.0"
