"""The lifecycle of versions, over the real storage classes on a simulated AWS."""
