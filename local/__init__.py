"""The same system on one machine: the real CloudFormation template on a local AWS emulator."""
