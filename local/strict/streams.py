"""How Lambda reads a table's stream: it retries, cuts batches in two, and gives up on record."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ministack.core.arn import ArnParseError, parse_arn
from ministack.core.responses import _request_account_id, _request_region
from ministack.services import dynamodb, lambda_svc

from local.strict.patching import wrap

# AWS waits longer each time. Here it is short, so that tests see the end of it.
PAUSE_SECONDS = 0.1
Mapping = dict[str, Any]
Record = dict[str, Any]

# The emulator's loop logs an error and goes on: what is missing has to stop the start.
USED = (
    "_apply_filter_criteria",
    "_dispatch_esm_batch",
    "_dynamodb_stream_positions",
    "_dynamodb_stream_positions_lock",
    "_dynamodb_stream_table_from_arn_spec",
    "_esm_backoff_until",
    "_esm_inflight",
    "_esm_wake",
    "_execute_function",
    "_get_func_record_for_qualifier",
    "_iter_all_esms",
    "_send_ddb_stream_failure_record",
)


@dataclass
class Ahead:
    """What a mapping takes after a failure: how many records at a time, and how often it tried the first."""

    sizes: list[int] = field(default_factory=list)
    attempts: int = 0


@dataclass
class Batch:
    """Records of a stream from a position on; `records` are those that the mapping's filters let through."""

    mapping: Mapping
    function: dict[str, Any]
    position: int
    raw: list[Record]
    records: list[Record]


ahead: dict[str, Ahead] = {}


def apply() -> None:
    missing = [name for name in USED if not hasattr(lambda_svc, name)]
    assert not missing, f"the emulator has no {missing} any more"
    wrap(lambda_svc, "_poll_dynamodb_streams", failures_are_dealt_with)


def failures_are_dealt_with(_poll: Callable[[], bool]) -> bool:
    """Failed batches are retried, bisected and at last sent to the on-failure destination; see `_deal_with`.

    Lambda Developer Guide, "Process DynamoDB records with Lambda": batching, partial batch responses,
    retaining discarded records. Each stream has a poller of its own: while its function is at work, queues
    and other streams are read.
    """
    handled = False
    for account, region, mapping in lambda_svc._iter_all_esms():
        if lambda_svc._esm_inflight.get(mapping["UUID"], 0):
            continue
        with _scope(account, region):
            batch = _next_batch(mapping)
            if batch is not None:
                _take(batch)
                handled = True
    return handled


def _take(batch: Batch) -> None:
    if batch.records:
        lambda_svc._dispatch_esm_batch(batch.mapping["UUID"], _handle, batch)
    else:
        _advance(batch, len(batch.raw))


@contextmanager
def _scope(account: str, region: str) -> Iterator[None]:
    tokens = (_request_account_id.set(account), _request_region.set(region))
    try:
        yield
    finally:
        _request_account_id.reset(tokens[0])
        _request_region.reset(tokens[1])


def _next_batch(mapping: Mapping) -> Batch | None:
    table = _table(mapping)
    function, _ = lambda_svc._get_func_record_for_qualifier(mapping["FunctionName"], mapping.get("Qualifier"))
    waits = lambda_svc._esm_backoff_until.get(mapping["UUID"], 0) > time.time()
    if table is None or function is None or waits or not mapping.get("Enabled", True):
        return None
    sizes = ahead.setdefault(mapping["UUID"], Ahead()).sizes
    with lambda_svc._dynamodb_stream_positions_lock:
        found = lambda_svc._dynamodb_stream_positions.get(mapping["UUID"], _start(mapping, table))
        position = max(found, dynamodb.stream_start_position(table))
        lambda_svc._dynamodb_stream_positions[mapping["UUID"]] = position
    raw = dynamodb.stream_records_since(table, position, sizes[0] if sizes else mapping.get("BatchSize", 100))
    if not raw:
        return None
    return Batch(mapping, function, position, raw, lambda_svc._apply_filter_criteria(raw, mapping))


def _table(mapping: Mapping) -> str | None:
    """The table whose stream it reads, while that is the table's stream."""
    try:
        source = parse_arn(mapping.get("EventSourceArn", ""))
    except ArnParseError:
        return None
    if source.service != "dynamodb":
        return None
    name = str(lambda_svc._dynamodb_stream_table_from_arn_spec(source)[0])
    table = dynamodb._tables.get(name) or {}
    return name if table.get("LatestStreamArn") == mapping["EventSourceArn"] else None


def _start(mapping: Mapping, table: str) -> int:
    from_the_first = mapping.get("StartingPosition", "LATEST") == "TRIM_HORIZON"
    at = dynamodb.stream_start_position if from_the_first else dynamodb.stream_end_position
    return int(at(table))


def _handle(batch: Batch) -> None:
    result = lambda_svc._execute_function(batch.function, {"Records": batch.records})
    done = _done(batch, result)
    if done == len(batch.raw):
        batch.mapping["LastProcessingResult"] = f"OK - {len(batch.records)} records"
        _advance(batch, done)
    else:
        batch.mapping["LastProcessingResult"] = "FAILED"
        _deal_with(batch, result, done)


def _done(batch: Batch, result: dict[str, Any]) -> int:
    """How many records, from the first on, the function has done."""
    if result.get("error"):
        return 0
    if "ReportBatchItemFailures" not in batch.mapping.get("FunctionResponseTypes", []):
        return len(batch.raw)
    body = result.get("body")
    answer = json.loads(body) if isinstance(body, str) and body else body
    failures = (answer or {}).get("batchItemFailures") or []
    numbers = [str(record["dynamodb"]["SequenceNumber"]) for record in batch.raw]
    failed = [failure.get("itemIdentifier") for failure in failures]
    if any(number not in numbers for number in failed):
        return 0  # an answer that names nothing of the batch is a failure of all of it
    return min((numbers.index(number) for number in failed), default=len(batch.raw))


def _deal_with(batch: Batch, result: dict[str, Any], done: int) -> None:
    """Cut the batch in two, or try it again, or give up on it: too old, or tried as often as is allowed."""
    mapping, rest = batch.mapping, len(batch.raw) - done
    state = ahead[mapping["UUID"]]
    later = state.sizes[1:]
    _move(batch, done)
    if done or not (mapping.get("BisectBatchOnFunctionError") and rest > 1):
        state.attempts = 1 if done else state.attempts + 1
        state.sizes = [rest, *later]
    else:
        state.sizes = [rest // 2, rest - rest // 2, *later]
    reason = _given_up(batch, state.attempts, done)
    if reason:
        left = [record for record in batch.records if record in batch.raw[done:]]
        arn = mapping["EventSourceArn"]
        lambda_svc._send_ddb_stream_failure_record(mapping, batch.function, left, arn, result, reason)
        batch.position += done
        _advance(batch, rest)
    else:
        lambda_svc._esm_backoff_until[mapping["UUID"]] = time.time() + PAUSE_SECONDS
        threading.Timer(PAUSE_SECONDS, lambda_svc._esm_wake.set).start()


def _given_up(batch: Batch, attempts: int, done: int) -> str:
    retries = int(batch.mapping.get("MaximumRetryAttempts", -1))
    if 0 <= retries < attempts:
        return "RetryAttemptsExhausted"
    oldest = float(batch.raw[done]["dynamodb"]["ApproximateCreationDateTime"])
    age = int(batch.mapping.get("MaximumRecordAgeInSeconds", -1))
    return "MaximumRecordAgeExceeded" if 0 < age < time.time() - oldest else ""


def _advance(batch: Batch, records: int) -> None:
    """These are dealt with: the next ones come fresh."""
    state = ahead[batch.mapping["UUID"]]
    state.sizes, state.attempts = state.sizes[1:], 0
    _move(batch, records)


def _move(batch: Batch, records: int) -> None:
    with lambda_svc._dynamodb_stream_positions_lock:
        lambda_svc._dynamodb_stream_positions[batch.mapping["UUID"]] = batch.position + records
