"""What is said of things: metadata of databases, assets and files, read and changed key by key."""
