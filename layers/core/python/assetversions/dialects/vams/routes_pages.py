"""The routes of what the API says of itself, open to everybody."""

from assetversions.dialects.common.lazy import LazyModule
from assetversions.dialects.common.route import Route

errors = LazyModule("vams.errors")
replies = LazyModule("vams.replies.pages")
requests = LazyModule("vams.requests.pages")

ROUTES = tuple(
    Route(f"GET {path}", "show_page", decode, replies.shown, errors.error, open=True)
    for path, decode in (
        ("/openapi.json", requests.openapi),
        ("/openapi/{document}", requests.openapi_of_one),
        ("/asyncapi.json", requests.asyncapi),
        ("/docs", requests.docs),
        ("/docs/{file}", requests.docs_file),
    )
)
