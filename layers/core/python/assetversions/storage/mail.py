"""Letters on their way: messages for the function that writes them, and SES, which carries them."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from assetversions.domain.letters import Letter
from assetversions.domain.model import AssetRef
from assetversions.storage.on_demand import OnDemand
from assetversions.storage.queue import Queue


class _AboutAsset(BaseModel):
    database_id: str
    asset_id: str

    @property
    def ref(self) -> AssetRef:
        return AssetRef(self.database_id, self.asset_id)


class DigestDue(_AboutAsset):
    """The subscribers of an asset, those behind `after`, are to be told of what happened behind `place`."""

    kind: Literal["digest"] = "digest"
    place: str
    after: str = ""


class LetterDue(_AboutAsset):
    """One of them is; `subscriber` is their text in the subscription."""

    kind: Literal["letter"] = "letter"
    subscriber: str


class DisabledDue(BaseModel):
    """The owner of a webhook is to be told that it was disabled."""

    kind: Literal["disabled"] = "disabled"
    webhook_id: str


Due = DigestDue | LetterDue | DisabledDue
_DUE: TypeAdapter[Due] = TypeAdapter(Annotated[Due, Field(discriminator="kind")])


class MailQueue(Queue):
    """A doubled message does no harm: who was told is not told again."""

    def tell(self, due: Due, seconds: float = 0) -> None:
        self.send(due.model_dump_json(), seconds)


def read(body: str) -> Due:
    return _DUE.validate_json(body)


class Postman(OnDemand):
    """Sends letters from the stage's address."""

    def __init__(self, client: Callable[[], Any], sender: Callable[[], str]) -> None:
        super().__init__(client)
        self._sender = sender

    def send(self, letter: Letter, address: str) -> None:
        """With the headers of RFC 8058, by which a mailbox ends a subscription with one click."""
        content: dict[str, Any] = {
            "Subject": _utf8(letter.subject),
            "Body": {"Text": _utf8(letter.text), "Html": _utf8(letter.html)},
        }
        if letter.unsubscribe:
            content["Headers"] = [
                {"Name": "List-Unsubscribe", "Value": f"<{letter.unsubscribe}>"},
                {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
            ]
        self._client.send_email(
            FromEmailAddress=self._sender(),
            Destination={"ToAddresses": [address]},
            Content={"Simple": content},
        )


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
