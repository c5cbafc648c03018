"""Lambda: make an API token."""

from assetversions.operations.access.create_api_token import create_api_token
from assetversions.runtime.endpoint import endpoint

handler = endpoint(create_api_token)
