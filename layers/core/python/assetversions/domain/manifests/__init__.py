"""A version's list of files: its form, deltas, comparison, and how it is kept."""
