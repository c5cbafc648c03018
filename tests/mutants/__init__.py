"""Breaks the core in some hundred places, one at a time, and asks the quick tiers whether they notice."""
