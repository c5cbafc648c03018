"""Bring files back to what an old version held, and record how that ends."""
