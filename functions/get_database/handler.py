"""Lambda: read one database."""

from assetversions.operations.get_database import get_database
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_database)
