"""How AWS refuses, and links as the product signs them."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local.emulator import CREDENTIALS, REGION


def refusal(call: Callable[..., Any], **how: Any) -> tuple[int, str]:
    """Status and code of the error that the call must end in."""
    with pytest.raises(ClientError) as caught:
        call(**how)
    answer = caught.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


def link(endpoint: str, operation: str, **how: Any) -> str:
    """A presigned URL in Signature Version 4."""
    keys = {name.lower(): value for name, value in CREDENTIALS.items() if name != "AWS_DEFAULT_REGION"}
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    signer = boto3.client("s3", endpoint_url=endpoint, region_name=REGION, config=config, **keys)
    return str(signer.generate_presigned_url(operation, Params=how))
