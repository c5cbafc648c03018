"""What all dialects share: requests and replies, routes, addresses, statuses, times."""
