"""The `Imports` port in memory: what lies at an address, where contents may be fetched at all."""

from assetversions.domain.errors import Unprocessable
from assetversions.domain.ports.imports import Fetched


class FakeImports:
    def __init__(self) -> None:
        self.allowed = False
        self.there: dict[str, Fetched] = {}
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if url not in self.there:
            raise Unprocessable({"content.content": "can't be imported: it is answered with 404."})
        return self.there[url]
