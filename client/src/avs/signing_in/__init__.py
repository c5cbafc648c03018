"""How somebody becomes known to a system: in the browser, by a password, as a machine, by an API token."""
