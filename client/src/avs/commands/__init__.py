"""One module for each thing that commands are about."""
