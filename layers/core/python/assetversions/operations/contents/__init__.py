"""Assets as APIs show them to which each is one content."""
