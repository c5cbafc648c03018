"""Makes the emulator as strict as AWS: one patch a rule, each held by a test; README.md lists them."""
