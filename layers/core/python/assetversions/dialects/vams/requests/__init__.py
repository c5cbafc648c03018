"""VAMS requests into commands, by thing."""
