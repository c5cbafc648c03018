"""What is deployed: the CDK stack, from ROUTES and the table's key schema and nothing else of the core."""
