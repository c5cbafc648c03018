"""Posta over HTTP, beyond its versions: assets, and contents that are fetched."""

import httpx

from tests.system.test_posta import INLINE, Posta
from tests.system.test_posta import posta as posta  # a fixture


def test_what_lies_at_an_address_becomes_a_content_of_its_own(posta: Posta) -> None:
    """The local stage lets this machine's own addresses in."""
    page = httpx.get(f"{posta.api.url}/api/version")
    kind = page.headers["content-type"].partition(";")[0]
    source = {"source": "import", "content": f"{posta.api.url}/api/version", "type": kind}
    made = posta.create(content=source, publish=True)
    assert (made["status"], made["contentType"], made["content"]["source"]) == ("published", kind, "inline")
    assert httpx.get(posta.get(made["id"])["contentUrl"]).content == page.content


def test_the_asset_says_how_it_stands_and_is_in_the_list(posta: Posta) -> None:
    posta.create(content=INLINE)
    asset = posta.api.call("GET", f"/assets/{posta.asset_id}").json()
    assert (asset["status"], asset["type"], asset["versionCount"]) == ("draft", "template", 1)
    listed, query = [], {"pageSize": 100}
    while True:
        page = posta.api.call("GET", "/posta/assets", params=query).json()
        listed += page["items"]
        if "nextToken" not in page:
            break
        query = {"pageSize": 100, "nextToken": page["nextToken"]}
    assert asset in listed
