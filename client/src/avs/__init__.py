"""The command line of Asset Versions."""
