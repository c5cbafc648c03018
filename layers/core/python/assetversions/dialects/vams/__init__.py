"""VAMS, the canonical dialect (sources: `seeds/vams-asset-versions.txt`, `contracts/vams.md`)."""
