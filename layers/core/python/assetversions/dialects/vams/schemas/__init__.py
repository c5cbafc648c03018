"""What VAMS's routes take and answer, for its document; no function imports it."""
