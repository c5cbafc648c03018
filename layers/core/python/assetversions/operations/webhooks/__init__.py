"""Who is sent, over HTTP, what happens to assets."""
