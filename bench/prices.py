"""What an operation costs in US dollars: list prices of us-east-1, for what was counted and measured."""

from typing import Any

from infra.access import STACKS, WHOLE_PROCESSOR

A_MILLION = 1_000_000
# For a million each, by the beginning of a call's name; to delete is free.
REQUESTS = {"Put": 5.0, "Copy": 5.0, "List": 5.0, "Get": 0.4, "Head": 0.4, "Delete": 0.0}
READ_UNITS, WRITE_UNITS = 0.125, 0.625
# Of Lambda (ARM) and of the HTTP API.
GB_SECONDS, INVOCATIONS, API_CALLS = 13.3334, 0.20, 1.00

OF_TABLE = {
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "TransactWriteItems",
    "UpdateItem",
}
FUNCTIONS = {
    "create_first": "create_version",
    "create_next": "create_version",
    "create_by_journal": "create_version",
    "list": "list_versions",
    "get": "get_version",
    "compare": "compare_versions",
    "revert": "revert_version",
}

Record = dict[str, Any]


def a_million(record: Record) -> float:
    """For as many operations: S3, the table, the function and the HTTP API."""
    return of_aws(record) + of_function(record, memory_of(record["operation"])) + INVOCATIONS + API_CALLS


def of_aws(record: Record) -> float:
    """S3's requests and the table's units."""
    requests: float = sum(
        count * _price(name) for name, count in record["calls"].items() if name not in OF_TABLE
    )
    units: float = record["read_units"] * READ_UNITS + record["write_units"] * WRITE_UNITS
    return requests + units


def of_function(record: Record, memory: int) -> float:
    return lasts(record, memory) * memory / 1024 * GB_SECONDS


def lasts(record: Record, memory: int) -> float:
    """In seconds: with less than a whole processor what is computed takes longer, what is waited for not."""
    computed: float = record["cpu_seconds"]
    waited: float = record["seconds"] - computed
    return waited + computed * max(1.0, WHOLE_PROCESSOR / memory)


def memory_of(operation: str) -> int:
    (found,) = (rows[FUNCTIONS[operation]] for rows in STACKS.values() if FUNCTIONS[operation] in rows)
    return found.memory


def _price(call: str) -> float:
    return next(price for name, price in REQUESTS.items() if call.startswith(name))
