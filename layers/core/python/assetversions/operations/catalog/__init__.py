"""Databases, assets and the properties of their metadata."""
