"""Who wants to hear of an asset's new versions."""
