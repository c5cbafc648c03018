"""Lambda: list the properties that the assets of a database have."""

from assetversions.operations.catalog.list_properties import list_properties
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_properties)
