"""Lambda: read one database."""

from assetversions.operations.catalog.get_database import get_database
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_database)
