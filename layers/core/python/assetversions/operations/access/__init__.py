"""Rules, roles, memberships, API tokens, and why somebody may do something."""
