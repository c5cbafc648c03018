"""Several clients of the real operations, step by step over strict in-memory AWS, as a seed decides."""
