"""The queue of mail, the function behind it, and SES, which keeps what it was given."""

from dataclasses import dataclass, field
from typing import Any

from assetversions.runtime.mailing import handler
from assetversions.storage.mail import MailQueue, Postman
from assetversions.storage.seals import Seals
from assetversions.storage.tickets import Tickets
from botocore.exceptions import ClientError

from tests.integration.events.lanes import Kms, Later
from tests.support.lambda_client import Context

SENDER = "versions@studio.example"
API = "https://api.example.com/store"
# The line of each version in a letter.
CREATED = [f"version {number} was created by admin" for number in range(10)]
ENVIRONMENT = {
    "MAIL_URL": "mail",
    "MAIL_WINDOW_SECONDS": "300",
    "MAIL_SENDER": SENDER,
    "API_URL": API,
    "VERSION_LINK": "https://studio.example/{databaseId}/{assetId}?version={version}",
}


@dataclass
class Sent:
    """A letter, as SES was given it."""

    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """What happened, without when."""
        return [line.split("UTC: ")[1] for line in self.text.splitlines() if "UTC: " in line]

    @property
    def ticket(self) -> str:
        """Of the link that ends it."""
        return self.headers["List-Unsubscribe"].removeprefix(f"<{API}/unsubscribe?ticket=").removesuffix(">")


class Post(Later):
    """`refuses` are the addresses that SES can't send to now."""

    def __init__(self) -> None:
        super().__init__("mail", write)
        self.sent: list[Sent] = []
        self.refuses: set[str] = set()

    def queue(self) -> MailQueue:
        return MailQueue(lambda: self, lambda: "mail")

    def postman(self) -> Postman:
        return Postman(lambda: self, lambda: SENDER)

    def tickets(self) -> Tickets:
        return Tickets(Seals(Kms, lambda: "key", "ticket"))

    def send_email(self, FromEmailAddress: str, Destination: Any, Content: Any) -> None:
        assert FromEmailAddress == SENDER
        (address,) = Destination["ToAddresses"]
        if address in self.refuses:
            raise ClientError({"Error": {"Code": "TooManyRequestsException"}}, "SendEmail")
        simple = Content["Simple"]
        assert simple["Subject"]["Data"].isprintable()
        text, html = (simple["Body"][kind]["Data"] for kind in ("Text", "Html"))
        headers = {one["Name"]: one["Value"] for one in simple.get("Headers", [])}
        assert all(value.isascii() and len(value) <= 995 for value in headers.values())
        self.sent.append(Sent(address, simple["Subject"]["Data"], text, html, headers))

    def told(self) -> list[tuple[str, list[str]]]:
        """Since the last look: who was told what, by their names."""
        found = [(one.to.partition("@")[0], one.lines) for one in self.sent]
        self.sent = []
        return sorted(found)


def write(event: Any) -> None:
    handler(event, Context())
