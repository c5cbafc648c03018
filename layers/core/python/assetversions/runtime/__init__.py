"""Where the rooms meet: environment, clients, admission and the Lambda entry."""
