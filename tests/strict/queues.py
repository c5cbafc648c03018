"""A queue, and waiting for what arrives in it."""

import os
import time
from typing import Any
from uuid import uuid4

from local.aws import client

# Where the rules are off, nothing comes.
SECONDS = 3 if "STRICT_OFF" in os.environ else 30


class Queue:
    def __init__(self, engine: str, **attributes: str):
        self.sqs = client("sqs", engine)
        self.url = self.sqs.create_queue(QueueName=f"q-{uuid4()}", Attributes=attributes)["QueueUrl"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        self.arn = str(found["Attributes"]["QueueArn"])

    def send(self, *bodies: str) -> None:
        entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies)]
        self.sqs.send_message_batch(QueueUrl=self.url, Entries=entries)

    def receive(self, messages: int) -> list[dict[str, Any]]:
        """The messages, as soon as so many have come."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + SECONDS
        while len(found) < messages and time.monotonic() < deadline:
            how = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": 1, "MessageAttributeNames": ["All"]}
            got = self.sqs.receive_message(QueueUrl=self.url, **how).get("Messages", [])
            for message in got:
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            found += got
        assert len(found) >= messages, f"{len(found)} of {messages} messages came in {SECONDS} s"
        return found
