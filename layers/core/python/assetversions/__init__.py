"""One version store for assets: domain, operations, dialects, storage and runtime."""

import gc

# A start makes hundreds of thousands of things that stay, and looks for garbage among them at every 700th.
gc.set_threshold(200_000, 20, 20)
