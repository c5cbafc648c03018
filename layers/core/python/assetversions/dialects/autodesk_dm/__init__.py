"""Autodesk Data Management: an item and its versions, as JSON:API (source: `contracts/autodesk_dm.md`)."""
