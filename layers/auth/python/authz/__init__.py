"""Who calls, and what the rules let them do; knows nothing of assets or versions."""
