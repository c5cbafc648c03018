"""Lambda: list the databases."""

from assetversions.operations.catalog.list_databases import list_databases
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_databases)
