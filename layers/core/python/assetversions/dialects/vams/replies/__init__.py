"""Results into VAMS bodies, by thing."""
