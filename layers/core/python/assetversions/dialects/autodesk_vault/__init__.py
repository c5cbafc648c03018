"""Autodesk Vault: the version history of an item (source: `contracts/autodesk_vault.md` and its seed)."""
