"""Lambda: revoke an API token."""

from assetversions.operations.access.delete_api_token import delete_api_token
from assetversions.runtime.endpoint import endpoint

handler = endpoint(delete_api_token)
