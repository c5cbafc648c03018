"""What a caller can ask for: one file, one public function per operation."""
