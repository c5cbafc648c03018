"""What a link in a letter leads to, without a sign-in."""
