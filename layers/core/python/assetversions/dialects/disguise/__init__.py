"""Disguise Cloud Drive: the versions of a content (source: `contracts/disguise.md` and its seed)."""
