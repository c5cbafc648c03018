"""What is told of what happens in a world."""

import json
from pathlib import Path
from typing import Any

from assetversions.runtime import wiring
from assetversions.runtime.publishing import handler
from assetversions.storage.bus import Bus
from jsonschema import Draft202012Validator

from tests.support.lambda_client import Context
from tests.support.stream import Buses, Record, Stream

SCHEMAS = Path(__file__).parents[3] / "docs/events/v1"
Body = dict[str, Any]


class Outlet:
    """A world, its stream, the buses behind it, and what was parked."""

    def __init__(self) -> None:
        self.buses, self.parked = Buses(), list[Body]()
        self.stream = Stream(lambda: wiring.table().client.items)

    def bus(self) -> Bus:
        return Bus(self.buses)

    def park(self, body: str) -> None:
        self.parked.append(json.loads(body))

    def publish(self, records: list[Record] | None = None) -> list[str]:
        """The sequence numbers that are reported as failed."""
        found = self.stream.records() if records is None else records
        reply = handler({"Records": found}, Context())
        return [failure["itemIdentifier"] for failure in reply["batchItemFailures"]]

    def told(self, bus: str = "assets") -> list[Body]:
        """The events of a bus since the last look; each as its schema says."""
        found = [json.loads(entry["Detail"]) for name, entry in self.buses.events if name == bus]
        self.buses.events = [(name, entry) for name, entry in self.buses.events if name != bus]
        for event in found:
            kind = event["type"].removeprefix("asset-versions.")
            Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text())).validate(event)
        return found
