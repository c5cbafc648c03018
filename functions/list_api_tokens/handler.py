"""Lambda: list a user's API tokens."""

from assetversions.operations.access.list_api_tokens import list_api_tokens
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_api_tokens)
