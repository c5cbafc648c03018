"""What people say to each other about an asset's versions."""
