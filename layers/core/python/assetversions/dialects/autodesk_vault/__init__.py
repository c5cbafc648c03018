"""Autodesk Vault: the version history of an item (sources: `docs/api/autodesk_vault.md`)."""
