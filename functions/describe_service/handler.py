"""Lambda: tell clients where to sign in."""

from assetversions.operations.service.describe_service import describe_service
from assetversions.runtime.endpoint import endpoint

handler = endpoint(describe_service)
