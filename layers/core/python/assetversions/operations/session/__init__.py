"""Who has signed in."""
