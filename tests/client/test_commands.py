"""Commands over the real dialect in memory: what they print, as text and as JSON, and how they end."""

import io
import json
import webbrowser
from contextlib import redirect_stdout
from pathlib import Path

import httpx
import pytest
from assetversions_client import Client
from avs.session import Session
from avs.signing_in import web

from tests.client.command_line import avs, told
from tests.client.conftest import REF
from tests.client.folders import write
from tests.support.client_world import World
from tests.support.lambda_client import ask, user

LAMP = "workshop/lamp"
# What a stage tells before anybody has signed in.
STAGE = dict.fromkeys(("tokensApi", "cognitoUrl", "signInUrl"), "https://a.example.com") | dict.fromkeys(
    ("cognitoAppClientId", "signInClientId"), "client"
)


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(Session, "client", lambda _: client)


@pytest.fixture
def versions(client: Client, tmp_path: Path) -> None:
    """Two: a file changed, one moved, one came."""
    mine = write(tmp_path / "mine", {"lamp.txt": b"green", "old/shade.txt": b"a shade", "gone.txt": b"gone"})
    client.push(mine, REF, comment="As designed", aliases=["design"])
    write(mine, {"lamp.txt": b"red, now", "new/shade.txt": b"a shade", "more.txt": b"more"}, at=1_700_000_001)
    for name in ("old/shade.txt", "gone.txt"):
        (mine / name).unlink()
    client.push(mine, REF, comment="As built", delete=True)


@pytest.mark.usefixtures("versions")
def test_the_log_is_newest_first_and_marks_the_current_version() -> None:
    said = told("log", LAMP)
    head, newest, oldest = said.lines
    assert head.split() == ["VERSION", "STATE", "ALIASES", "WHEN", "WHO", "FILES", "COMMENT"]
    assert newest.split()[:3] == ["*", "2", "draft"]
    assert newest.endswith("As built")
    assert "design" in oldest
    assert [one["version"] for one in told("log", LAMP, "--json").json] == [2, 1]
    assert [one["version"] for one in told("log", LAMP, "-n", "1", "--json").json] == [2]


def test_an_asset_without_a_version_says_how_to_make_one() -> None:
    assert "avs push" in told("log", LAMP).out
    assert told("log", LAMP, "--json").json == []


@pytest.mark.usefixtures("versions")
def test_a_diff_tells_files_sizes_and_renames_in_one_line_each() -> None:
    said = told("diff", f"{LAMP}@design", "current")
    assert said.lines[:-1] == [
        "R  old/shade.txt → new/shade.txt",
        "D  gone.txt  4 B",
        "M  lamp.txt  5 B → 8 B",
        "A  more.txt  4 B",
    ]
    assert said.lines[-1].startswith("1 added, 1 changed, 1 removed, 1 renamed")
    assert told("diff", f"{LAMP}@1", f"{LAMP}@2", "--stat").lines == said.lines[-1:]
    data = told("diff", f"{LAMP}@1", "2", "--json").json
    assert (data["a"], data["b"], data["changed"]) == ("1", "2", 1)
    assert data["renames"] == [{"from": "old/shade.txt", "to": "new/shade.txt"}]


@pytest.mark.usefixtures("versions")
def test_a_version_is_compared_with_the_files_of_now_where_no_other_is_named() -> None:
    assert told("diff", f"{LAMP}@2", "--json").json["files"] == []
    assert len(told("diff", f"{LAMP}@1", "--json").json["files"]) == 5


@pytest.mark.usefixtures("versions")
def test_files_are_listed_and_read_as_a_version_has_them() -> None:
    assert {one["path"] for one in told("ls", f"{LAMP}@1", "--json").json} == {
        "gone.txt",
        "lamp.txt",
        "old/shade.txt",
    }
    assert [one["path"] for one in told("ls", LAMP, "new/", "--json").json] == ["new/shade.txt"]
    assert told("cat", f"{LAMP}@1", "lamp.txt").out == "green"
    assert told("cat", LAMP, "lamp.txt").out == "red, now"
    assert "workshop" in told("ls").out
    assert "lamp" in told("ls", "workshop").out


@pytest.mark.usefixtures("versions")
def test_a_version_is_shown_with_what_it_changed() -> None:
    said = told("show", f"{LAMP}@2")
    assert said.lines[0] == "Version 2 of workshop/lamp (current)"
    assert "M  lamp.txt  5 B → 8 B" in said.lines
    data = told("show", LAMP, "--json").json
    assert (data["version"], data["changes"]["a"]) == (2, "1")
    assert told("show", f"{LAMP}@1", "--json").json["changes"] is None


@pytest.mark.usefixtures("versions")
def test_a_revert_tells_first_what_it_would_do_and_then_does_it() -> None:
    plan = told("revert", f"{LAMP}@1", "--dry-run")
    assert "restore  gone.txt" in plan.lines
    assert "hide  more.txt" in plan.lines
    assert len(told("log", LAMP, "--json").json) == 2
    assert (
        told("revert", f"{LAMP}@1", "--path", "lamp.txt", "-m", "Green again", "--json").json["version"] == 3
    )
    assert told("cat", LAMP, "lamp.txt").out == "green"
    assert told("diff", f"{LAMP}@2", "3", "--json").json["changed"] == 1


@pytest.mark.usefixtures("versions")
def test_a_version_gets_names_loses_them_and_they_move() -> None:
    assert told("tag", f"{LAMP}@2", "built", "approved", "--json").json["aliases"] == ["built", "approved"]
    assert avs("tag", f"{LAMP}@2", "design").code == 6
    assert told("tag", f"{LAMP}@2", "design", "--move", "--json").json["aliases"] == [
        "built",
        "approved",
        "design",
    ]
    assert told("tag", f"{LAMP}@built", "approved", "--remove", "--json").json["aliases"] == [
        "built",
        "design",
    ]
    assert told("tag", LAMP, "--json").json == [
        {"alias": "built", "version": 2},
        {"alias": "design", "version": 2},
    ]
    assert avs("tag", f"{LAMP}@2", "nobody", "--remove").code == 2


@pytest.mark.usefixtures("versions")
def test_a_name_with_a_slash_finds_its_version() -> None:
    told("tag", f"{LAMP}@1", "release/1.0")
    assert told("show", f"{LAMP}@release/1.0", "--json").json["version"] == 1
    said = avs("show", f"{LAMP}@release/2.0")
    assert (said.code, said.out) == (5, "")


@pytest.mark.usefixtures("versions")
def test_a_version_goes_through_its_life(world: World) -> None:
    world.who = user("admin", "admin")
    assert told("publish", f"{LAMP}@2").lines == ["Version 2 of workshop/lamp is published."]
    assert told("protect", f"{LAMP}@1").lines == ["Version 1 of workshop/lamp is protected."]
    assert avs("archive", f"{LAMP}@1").code == 6
    told("protect", f"{LAMP}@1", "--off")
    told("archive", f"{LAMP}@1")
    assert [one["version"] for one in told("log", LAMP, "--json").json] == [2]
    assert [one["state"] for one in told("log", LAMP, "--archived", "--json").json] == [
        "published",
        "archived",
    ]
    told("unarchive", f"{LAMP}@1")
    assert told("clone", f"{LAMP}@1", "-m", "Once more", "--json").json["version"] == 3


@pytest.mark.usefixtures("versions")
def test_nothing_is_deleted_without_a_yes(world: World) -> None:
    world.who = user("admin", "admin")
    said = avs("delete", f"{LAMP}@1")
    assert (said.code, "--yes" in said.err) == (2, True)
    assert len(told("log", LAMP, "--json").json) == 2
    told("delete", f"{LAMP}@1", "--yes")
    assert len(told("log", LAMP, "--json").json) == 1


@pytest.mark.usefixtures("versions")
def test_a_proof_ends_well_or_as_damaged(world: World) -> None:
    assert told("verify", f"{LAMP}@1").lines == ["All 3 files are there as they were."]
    key = "workshop/lamp/gone.txt"
    found = world.account.s3.list_object_versions(Bucket="assets", Prefix=key)
    world.account.s3.delete_object(Bucket="assets", Key=key, VersionId=found["Versions"][0]["VersionId"])
    said = avs("verify", f"{LAMP}@1", "--json")
    assert (said.code, said.json["missing"]) == (8, ["gone.txt"])


@pytest.mark.usefixtures("versions")
def test_why_names_the_rule_that_decides_and_the_roles_that_may(world: World) -> None:
    said = told("why", LAMP)
    assert "editor" in said.lines[0]
    assert any(line.split()[:4] == ["delete", "no", "–", "admin"] for line in said.lines)
    world.who = user("viewer", "viewer")
    refused = avs("publish", f"{LAMP}@1")
    assert (refused.code, "avs why workshop/lamp" in refused.err) == (4, True)
    assert "/auth/me" not in refused.err
    publish = told("why", LAMP, "--json").json["actions"]["publish"]
    assert (publish["allowed"], publish["allowedRoles"]) == (False, ["admin", "editor"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("log", "workshop"), 2),
        (("log", f"{LAMP}@1"), 2),
        (("publish", LAMP), 2),
        (("show", f"{LAMP}@"), 2),
        (("log", "no/lamp"), 2),
        (("diff", f"{LAMP}@1", "workshop/other@2"), 2),
        (("show", f"{LAMP}@99"), 5),
        (("log", "workshop/nothing"), 5),
        (("cat", LAMP, "nothing.txt"), 5),
        (("jobs", LAMP, "nothing"), 5),
        (("jobs", LAMP, "nothing", "--wait", "--cancel"), 2),
        (("jobs", LAMP, "--wait"), 2),
        (("jobs",), 2),
        (("jobs", "workshop/nothing"), 5),
    ],
    ids=str,
)
def test_what_can_t_be_is_one_line_and_a_code_of_its_kind(words: tuple[str, ...], code: int) -> None:
    said = avs(*words)
    assert (said.code, said.out, said.err.count("\n")) == (code, "", 1)
    assert said.err.startswith("avs: ")


@pytest.mark.usefixtures("versions")
def test_whoever_reads_json_gets_the_refusal_as_json() -> None:
    said = avs("show", f"{LAMP}@99", "--json")
    error = json.loads(said.err)["error"]
    assert (error["kind"], error["nextStep"]) == ("not_found", f"See: avs log {LAMP}")


def test_a_database_and_an_asset_are_made_and_no_second_time() -> None:
    told("create", "attic", "--description", "What is old")
    told("create", "attic/chair", "--name", "A chair")
    assert told("ls", "attic", "--json").json[0]["name"] == "A chair"
    assert avs("create", "attic/chair").code == 6
    assert avs("create", "no").code == 2


@pytest.mark.usefixtures("versions")
def test_who_is_overtaken_while_tagging_takes_nothing_away(world: World) -> None:
    """A name that somebody else gave between the look and the change is not lost."""
    path = "/database/workshop/assets/lamp/assetversions/2"
    others = [{"versionAliases": ["theirs"]}]

    def meanwhile(request: httpx.Request) -> httpx.Response | None:
        if request.method == "PUT" and others:
            with redirect_stdout(io.StringIO()):
                assert ask(world.who, "PUT", path, others.pop()).status == 200
        return None

    world.fault = meanwhile
    assert avs("tag", f"{LAMP}@2", "mine").code == 6
    assert told("tag", f"{LAMP}@2", "mine", "--json").json["aliases"] == ["theirs", "mine"]


def test_webhooks_are_made_shown_tried_and_taken_away() -> None:
    words = ("https://studio.example.com/hook", "--event", "version.*", "--of", LAMP)
    made = told("webhooks", "create", *words, "--json").json
    hook = made["webhook"]
    assert made["secret"].startswith("whsec_")
    assert (made["database"], made["asset"], made["events"]) == ("workshop", "lamp", ["version.*"])
    assert [one["webhook"] for one in told("webhooks", "list", "--json").json] == [hook]
    assert "secret" not in told("webhooks", "show", hook, "--json").json
    assert told("webhooks", "enable", hook, "--json").json["asset"] == "lamp"
    assert told("webhooks", "secret", hook, "--json").json["secret"] != made["secret"]
    told("webhooks", "delete", hook)
    assert avs("webhooks", "show", hook).code == 5


def test_each_shell_gets_its_completion() -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        assert "_AVS_COMPLETE" in told("completion", shell).out
    assert avs("completion", "csh").code == 2


def test_a_version_opens_in_the_console_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setenv("AVS_TOKEN", "token")
    monkeypatch.setenv("AVS_URL", "https://api.example.com")
    monkeypatch.setattr(web, "get", lambda _: STAGE | {"consoleUrl": "https://c.example.com/console/"})
    told("open", f"{LAMP}@release/1.0")
    assert opened == ["https://c.example.com/console/#/workshop/lamp/v/release%2F1.0"]
    for console, code in ((None, 5), ("file:///etc/passwd", 2)):
        monkeypatch.setattr(web, "get", lambda _, console=console: STAGE | {"consoleUrl": console})
        assert avs("open", LAMP).code == code
    assert len(opened) == 1
