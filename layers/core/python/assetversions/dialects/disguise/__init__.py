"""Disguise Cloud Drive: the versions of a content (sources: `docs/api/disguise.md`)."""
