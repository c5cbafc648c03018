"""The stores of a request that take nothing but the table."""

from collections.abc import Callable
from functools import cached_property

from assetversions.storage.dynamodb.comments import DynamoComments
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.links import DynamoLinks
from assetversions.storage.dynamodb.properties import DynamoProperties
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.dynamodb.uploads import DynamoUploads


class OverTable:
    """Each comes to life with its first use."""

    def __init__(self, table: Callable[[], Table]) -> None:
        self._table = table

    @cached_property
    def journal(self) -> DynamoJournal:
        return DynamoJournal(self._table())

    @cached_property
    def uploads(self) -> DynamoUploads:
        return DynamoUploads(self._table())

    @cached_property
    def subscriptions(self) -> DynamoSubscriptions:
        return DynamoSubscriptions(self._table())

    @cached_property
    def comments(self) -> DynamoComments:
        return DynamoComments(self._table())

    @cached_property
    def links(self) -> DynamoLinks:
        return DynamoLinks(self._table())

    @cached_property
    def properties(self) -> DynamoProperties:
        return DynamoProperties(self._table())
