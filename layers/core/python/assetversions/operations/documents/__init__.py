"""What the API says of itself, in documents for programs and in pages for people."""
