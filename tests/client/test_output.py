"""What people see: tables on a terminal and plain columns elsewhere, nothing that others smuggled in."""

import errno
import io
import json
from pathlib import Path

import pytest
from assetversions_client import errors
from avs import frame
from avs.output import Answer, Table, clean, show, size
from avs.problems import Exit
from avs.session import Session

HOSTILE = "a\x1b[31mred\x1b[0m\nb\u202egnp.exe\x07"
TABLE = Table(["VERSION", "COMMENT"], [["2", HOSTILE], ["10", "[bold]not bold[/bold]"]])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(to: io.StringIO, *, as_json: bool = False) -> str:
    show(Answer([HOSTILE], TABLE, before=[HOSTILE]), as_json=as_json, to=to)
    return to.getvalue()


def test_elsewhere_than_on_a_terminal_columns_are_plain() -> None:
    first, head, newest, oldest = printed(io.StringIO()).splitlines()
    assert first == r"a\x1b[31mred\x1b[0m b\u202egnp.exe\x07"
    assert head == "VERSION  COMMENT"
    assert newest == r"      2  a\x1b[31mred\x1b[0m b\u202egnp.exe\x07"
    assert oldest == "     10  [bold]not bold[/bold]"


@pytest.mark.parametrize("no_color", ["", "1"])
def test_on_a_terminal_nothing_of_others_moves_the_cursor(
    monkeypatch: pytest.MonkeyPatch, no_color: str
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", no_color)
    text = printed(Terminal())
    assert r"\x1b[31mred" in text
    assert "[bold]not bold[/bold]" in text
    assert "\u202e" not in text
    assert ("\x1b[1m" in text) is (no_color == "")


def test_json_moves_no_cursor_and_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = "a\x1b[31m\x9b2J\u202egnp\u061c\udcff\nb"
    show(Answer({"comment": words}), as_json=True)
    shown = capsys.readouterr().out
    assert shown.isascii()
    assert json.loads(shown) == {"comment": words}


def test_json_has_what_others_wrote_as_it_is() -> None:
    assert json.loads(printed(io.StringIO(), as_json=True)) == [HOSTILE]


def test_sizes_are_told_in_units_that_double_ten_times() -> None:
    assert [size(count) for count in (None, 0, 1023, 1024, 1536, 5 * 1024**3)] == [
        "–",
        "0 B",
        "1023 B",
        "1.0 KiB",
        "1.5 KiB",
        "5.0 GiB",
    ]


@pytest.mark.parametrize(
    ("failure", "code", "line"),
    [
        (errors.NotSignedIn("Unauthorized"), 3, "avs: Unauthorized. Sign in: avs login URL"),
        (errors.NoNetwork("It can't be reached."), 7, "avs: It can't be reached. Try again in a minute."),
        (errors.Damaged("Other bytes."), 8, "avs: Other bytes."),
        (errors.Failed("It broke."), 1, "avs: It broke."),
        (OSError(errno.ENOSPC, "No space left on device", "/d/f"), 9, None),
        (errors.Refused("Two\nlines\x1b[2J."), 2, r"avs: Two lines\x1b[2J."),
    ],
    ids=lambda one: type(one).__name__,
)
def test_each_failure_is_one_line_and_an_exit_code(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    failure: Exception,
    code: int,
    line: str | None,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def fails(_session: Session) -> Answer:
        raise failure

    assert frame.ended(fails, Session(), {}) == code
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    if line is None:
        line = "avs: /d/f: No space left on device. Free some space, then try again."
    assert said.err == f"{line}\n"


def test_who_is_stopped_ends_as_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(_session: Session) -> Answer:
        raise KeyboardInterrupt

    assert frame.ended(stopped, Session(), {}) == Exit.INTERRUPTED
    assert capsys.readouterr().err == "Stopped.\n"


def test_one_line_stays_one_line() -> None:
    assert clean("a\r\nb\tc\nd") == "a b c d"
