"""Each rule of AWS that the emulator does not have by itself, tried on the emulator as strict as AWS."""
