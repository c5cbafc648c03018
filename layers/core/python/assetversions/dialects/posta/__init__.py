"""Posta: versions with a lifecycle and variables (source: `contracts/posta.md` and its seed)."""
