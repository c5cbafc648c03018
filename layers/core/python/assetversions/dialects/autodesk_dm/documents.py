"""JSON:API documents, and the addresses of this API that stand in them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from assetversions.dialects.autodesk_dm import ids, objects
from assetversions.dialects.common.http import Reply, Request

MEDIA_TYPE = "application/vnd.api+json"

Body = dict[str, Any]


class Addresses(Struct, frozen=True):
    """Absolute addresses in one project, which is spelled as the caller spelled it, and of its objects.

    All are at the address that the caller has asked: S3 refuses a signed link where a token comes along.
    """

    project: str
    bucket: str

    def version(self, uid: int, number: int) -> str:
        return f"{self.project}/versions/{_escaped(ids.spell_version(uid, number))}"

    def item(self, uid: int) -> str:
        return self.asked_item(ids.spell_item(uid))

    def job(self, uid: int, job_id: str) -> str:
        return f"{self.project}/jobs/{_escaped(ids.spell_job(uid, job_id))}"

    def object(self, key: str) -> str:
        return f"{self.bucket}/objects/{key}"

    def asked_item(self, item_id: str) -> str:
        return f"{self.project}/items/{_escaped(item_id)}"


def addresses_of(request: Request) -> Addresses:
    project = f"{request.origin}/data/v1/projects/{_escaped(request.path['project_id'])}"
    return Addresses(project, f"{request.origin}/oss/v2/buckets/{objects.BUCKET}")


def with_query(address: str, query: Mapping[str, Any]) -> str:
    return f"{address}?{urlencode(query, quote_via=quote, safe='')}" if query else address


def link(address: str) -> Body:
    return {"href": address}


def document(status: int, body: Body, headers: Mapping[str, str] | None = None) -> Reply:
    whole = {"jsonapi": {"version": "1.0"}} | body
    return Reply(status, whole, {"Content-Type": MEDIA_TYPE, **(headers or {})})


def _escaped(text: str) -> str:
    return quote(text, safe="")
