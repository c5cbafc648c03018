"""The tags that assets may have, and their types."""
