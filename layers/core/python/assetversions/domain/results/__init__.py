"""What operations return, by family."""
