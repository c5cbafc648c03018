"""The web console beside the API, as CloudFront serves it on AWS: files of the build with their headers."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from infra.console_files import BUILD, content_type
from infra.console_headers import BASE, PAGE, PLAIN, UNPACKING, UNPACKING_POLICY, kept, policy

NOT_BUILT = b"The console is not built. Run `make setup`, then load this page again."

Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass(frozen=True)
class Console:
    """`files` is where links lead, `packs` where small files are sent, `sign_in` where tokens are had."""

    files: str
    packs: str
    sign_in: str
    folder: Path = BUILD

    def answers(self, path: str) -> bool:
        """Whether a request for this path, with its query, is ours and not the API's."""
        return path.partition("?")[0] in (BASE, BASE.rstrip("/")) or path.startswith(BASE)

    def answer(self, method: str, path: str) -> Answer:
        if method not in ("GET", "HEAD"):
            return HTTPStatus.METHOD_NOT_ALLOWED, [("Allow", "GET, HEAD")], b""
        name, mark, query = path.partition("?")
        if name == BASE.rstrip("/"):
            return HTTPStatus.FOUND, [("Location", BASE + mark + query)], b""
        # Looked up by its name: no path leads out of the folder.
        files = {file.name: file for file in self.folder.glob("*")}
        file = files.get(unquote(name).removeprefix(BASE) or PAGE)
        if file is not None:
            body = file.read_bytes()
            return HTTPStatus.OK, [*self._headers(file), ("Content-Length", str(len(body)))], body
        if PAGE not in files:
            return HTTPStatus.SERVICE_UNAVAILABLE, [("Content-Type", "text/plain")], NOT_BUILT
        return HTTPStatus.NOT_FOUND, [("Content-Type", "text/plain")], b"Not Found"

    def _headers(self, file: Path) -> list[tuple[str, str]]:
        unpacks = file.name.startswith(UNPACKING)
        return [
            ("Content-Type", content_type(file.name)),
            ("Content-Security-Policy", UNPACKING_POLICY if unpacks else self._policy()),
            ("Cache-Control", kept(file.name)),
            *PLAIN.items(),
        ]

    def _policy(self) -> str:
        return policy(self.files, self.packs, self.sign_in)
