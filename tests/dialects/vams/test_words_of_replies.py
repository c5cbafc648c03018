"""What VAMS's web pages read out of a reply's `message`, whatever it is about."""

import json
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
READ = sorted({*GOLDEN.glob("get_*.json"), *GOLDEN.glob("list_*.json")} - {*GOLDEN.glob("*_metadata.json")})


def text_of(golden: Path) -> str | None:
    body = json.loads(golden.read_text())
    message = body.get("message") if isinstance(body, dict) else body
    return message if isinstance(message, str) else None


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.json")), ids=lambda golden: golden.stem)
def test_a_success_does_not_speak_of_an_error(golden: Path) -> None:
    """They look for the word in the text, and show a failure."""
    message = text_of(golden)
    assert message is None or "error" not in message.lower()


@pytest.mark.parametrize("golden", READ, ids=lambda golden: golden.stem)
def test_what_is_read_has_no_text_for_its_message(golden: Path) -> None:
    """They take `message` for the thing where there is one; metadata alone have "Success" in VAMS, too."""
    assert text_of(golden) is None


def test_the_address_of_the_api_ends_with_a_slash() -> None:
    """Viewers put `database/…` right behind it; to pages, what stands behind the last slash is lost."""
    assert json.loads((GOLDEN / "amplify-config.json").read_text())["api"].endswith("/")
