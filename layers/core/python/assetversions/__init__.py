"""One version store for assets: domain, operations, dialects, storage and runtime."""
