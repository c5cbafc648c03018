"""The browser that tests of the console drive: one that is installed already, none that is fetched."""

import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
MISSING = (
    "The tests of the web console drive Chromium or Chrome, and there is none here: install it "
    "(on Debian and Ubuntu: sudo apt install chromium), or say NO_BROWSER=1 to go without them."
)


def find() -> str | None:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, NAMES)), str(MAC) if MAC.exists() else None)


if __name__ == "__main__":
    # It is needed by the tests alone: all else goes on.
    if find() is None:
        print(MISSING, file=sys.stderr)
