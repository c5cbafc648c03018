"""What the console's pages are sent with: they run our own files alone, and speak to the stage alone."""

from collections.abc import Mapping

# Below this path are the console's files, beside the API's routes.
BASE = "/console/"
PAGE = "index.html"


def policy(files: str, packs: str, sign_in: str) -> str:
    """The Content Security Policy: `files` is where links to bytes lead, `packs` where small files are sent.

    `sign_in` is where tokens are had. What names a bucket by a path, a folder or a page ends with a slash.
    """
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        # A drawing of the bucket, once the page has said that it is one, and pictures that a model holds.
        "img-src": ["'self'", "blob:", "data:", files],
        "media-src": [files],
        "connect-src": ["'self'", "blob:", "data:", files, packs, sign_in],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
        # No text becomes a script or markup, but for the address of a viewer's own worker.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["viewer"],
    }
    return "; ".join(" ".join([name, *values]) for name, values in rules.items())


# Scripts beside the page that unpack models; console/build.mjs gives them this name.
UNPACKING = "unpack_"
# Their decoders are compiled (WebAssembly), which no page may do. They have no page and no token.
UNPACKING_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


# Beside the policy; each of these has its own place in a policy of CloudFront, or none.
PLAIN: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def kept(name: str) -> str:
    """For how long a browser may keep a file: its name has its hash, but for the page's and the icon's."""
    return "no-cache" if name in (PAGE, "icon.svg") else "public, max-age=31536000, immutable"
