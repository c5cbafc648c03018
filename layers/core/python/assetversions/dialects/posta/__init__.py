"""Posta: versions with a lifecycle and variables (sources: `docs/api/posta.md`)."""
