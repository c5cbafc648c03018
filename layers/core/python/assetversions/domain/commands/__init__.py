"""What a caller asks for, already checked for shape: one frozen command per operation, by family."""
