"""What is said of things: metadata of assets, read and changed key by key."""
