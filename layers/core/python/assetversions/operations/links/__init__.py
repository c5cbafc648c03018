"""Links between assets."""
