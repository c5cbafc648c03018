"""Botocore without what writes the documentation of its clients, a tenth of what a start has to import."""

import sys
from pathlib import Path
from typing import Any

import botocore
from authz.later import Later


class _NoDocumentation:
    """Of a method of a client."""

    def __init__(self, **_of: Any) -> None:
        pass


if "botocore.docs" not in sys.modules:
    package, docstrings = Later("botocore.docs"), Later("botocore.docs.docstring")
    package.__path__ = [str(Path(botocore.__file__).with_name("docs"))]
    for name in ("ClientMethodDocstring", "PaginatorDocstring", "WaiterDocstring"):
        setattr(docstrings, name, _NoDocumentation)
    sys.modules |= {module.__name__: module for module in (package, docstrings)}
from botocore.session import Session, get_session  # noqa: E402

__all__ = ["Session", "get_session"]
