"""DynamoDB and S3 behind the ports of the domain."""
