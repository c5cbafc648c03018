"""Versions of an asset, from creation to history."""
