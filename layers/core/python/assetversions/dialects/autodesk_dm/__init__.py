"""Autodesk Data Management: an item and its versions, as JSON:API (sources: `docs/api/autodesk_dm.md`)."""
