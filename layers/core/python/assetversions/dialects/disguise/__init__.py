"""Disguise Cloud Drive: contents and their versions (sources: `docs/api/disguise.md`)."""
