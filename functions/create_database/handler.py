"""Lambda: create a database."""

from assetversions.operations.catalog.create_database import create_database
from assetversions.runtime.endpoint import endpoint

handler = endpoint(create_database)
