"""boto3 clients for the local emulator, deaf to whatever AWS settings the machine has."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from local.emulator import CREDENTIALS, REGION


@cache
def client(service: str, endpoint: str) -> Any:
    """A client of one service at the emulator, made once: making one costs more than most calls."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}, max_pool_connections=32),
    )
