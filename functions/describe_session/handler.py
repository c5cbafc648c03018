"""Lambda: who has signed in, and where files are kept."""

from assetversions.operations.service.describe_session import describe_session
from assetversions.runtime.endpoint import endpoint

handler = endpoint(describe_session)
