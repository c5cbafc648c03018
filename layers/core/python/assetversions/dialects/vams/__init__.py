"""VAMS, the canonical dialect (sources: `docs/api/vams.md`)."""
