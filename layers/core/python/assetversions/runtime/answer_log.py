"""What is kept of each answer: one line of log, with what is known of this request, and its metrics."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from assetversions.dialects.common.route import Route
from assetversions.domain.errors import Error, Forbidden

UNEXPECTED = "unexpected"

logger = Logger()
# Written as a line of log, too (CloudWatch's embedded metric format): they cost a request no call.
metrics = Metrics(namespace="asset-versions")


class AnswerLog:
    """A request from its beginning to its answer; the handler's decorator clears what the last one left."""

    def __init__(self, route: Route, event: dict[str, Any]) -> None:
        self._begun = time.perf_counter()
        self._route = route
        self._error: str | None = None
        self._rule: str | None = None
        logger.append_keys(request_id=event["requestContext"].get("requestId"), route=route.key)

    def called_by(self, person: str) -> None:
        """Names are personal data, and may be another one's tomorrow: the log has none."""
        logger.append_keys(caller=person)

    def admitted(self, rule: str | None, acts_for: str | None) -> None:
        """`rule` is the one that let the caller in, where it took one; `acts_for` a machine's person."""
        self._rule = rule
        if acts_for is not None:
            logger.append_keys(acts_for=acts_for)

    def failed(self, error: Exception) -> None:
        """What ends the request in place of its result."""
        self._error = error.code if isinstance(error, Error) else UNEXPECTED
        if isinstance(error, Forbidden):
            self._rule = error.rule

    def answered(self, status: int) -> None:
        """Write the line and the metrics."""
        duration = round((time.perf_counter() - self._begun) * 1000, 1)
        operation, error = self._route.operation, self._error
        logger.info(
            "Answered",
            operation=operation,
            status=status,
            error=error,
            rule=self._rule,
            duration_ms=duration,
        )
        dimensions = {"operation": operation, "status": f"{status // 100}xx", "error": error or "none"}
        for name, value in dimensions.items():
            metrics.add_dimension(name, value)
        metrics.add_metric("Answers", MetricUnit.Count, 1)
        metrics.add_metric("Duration", MetricUnit.Milliseconds, duration)
        metrics.flush_metrics()
