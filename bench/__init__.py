"""What the store costs in AWS calls, bytes, time and memory, beside the field's usual way."""
