"""S3 and DynamoDB in memory, behind the methods of the real clients, with every call counted and slowed."""
