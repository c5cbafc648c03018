"""What the core needs of the world outside: of storage, and of whoever decides on access."""
