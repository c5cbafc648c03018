"""The rules of docs/api/disguise.md: one version is active, what deleting does, numbers used once."""

from typing import Any

import pytest
from assetversions.dialects.common.http import Reply
from assetversions.domain.commands.versions import ArchiveVersion
from assetversions.engine import budget, commit
from assetversions.operations.versions.archive_version import archive_version
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support import REF, World, number
from tests.support.disguise_api import Drive

TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
LAST = {
    "error": {
        "message": "The given data was invalid.",
        "details": {"version_id": ["is the last one left of its asset; it can't be deleted."]},
    }
}


class Rules(RuleBasedStateMachine):
    """Random requests, held against a plain model: the labels and files of what is there, what is active."""

    def __init__(self) -> None:
        super().__init__()
        self.drive = Drive(World())
        self.labels: dict[int, str | None] = {}
        self.files: dict[int, dict[str, bytes]] = {}
        self.active: int | None = None
        self.used = 0

    def pick(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.labels)))

    def update(self, number: int, body: dict[str, Any]) -> None:
        shown = self.drive.ok("PATCH", self.drive.url(number), body)
        assert shown == next(one for one in self.drive.all() if one["version_number"] == number)

    @rule(text=st.sampled_from(["one", "two", None]))
    def create(self, text: str | None) -> None:
        self.drive.world.put(a_txt=text, b_txt="b")
        made = self.drive.world.create().version.number
        assert made == self.used + 1, "a number is never used again"
        self.used = self.active = made
        self.labels[made] = None
        self.files[made] = dict(self.drive.world.files.contents(REF))

    @precondition(lambda self: self.labels)
    @rule(data=st.data(), label=TEXT)
    def rename(self, data: st.DataObject, label: str | None) -> None:
        number = self.pick(data)
        self.update(number, {"label": label, "set_active": False})
        self.labels[number] = label or None

    @precondition(lambda self: self.labels)
    @rule(data=st.data(), labelled=st.booleans(), label=TEXT)
    def activate(self, data: st.DataObject, labelled: bool, label: str | None) -> None:
        number = self.pick(data)
        self.update(number, {"set_active": True} | ({"label": label} if labelled else {}))
        self.active = number
        if labelled:
            self.labels[number] = label or None
        assert self.drive.world.files.contents(REF) == self.files[number]

    @precondition(lambda self: self.labels)
    @rule(data=st.data(), body=st.sampled_from([{}, {"set_active": False}, {"unknown": 1}]))
    def change_nothing(self, data: st.DataObject, body: dict[str, Any]) -> None:
        before = self.drive.world.head()
        self.update(self.pick(data), body)
        assert self.drive.world.head() == before

    @precondition(lambda self: self.labels)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        number = self.pick(data)
        reply = self.drive.send("DELETE", self.drive.url(number))
        if len(self.labels) == 1:
            assert (reply.status, reply.body) == (422, LAST)
            return
        assert (reply.status, reply.body) == (204, None)
        del self.labels[number]
        if number == self.active:
            self.active = max(self.labels)

    @rule(data=st.data())
    def ask_for_a_deleted_one(self, data: st.DataObject) -> None:
        gone = sorted(set(range(1, self.used + 1)) - set(self.labels))
        if gone:
            url = self.drive.url(data.draw(st.sampled_from(gone)))
            assert self.drive.send("GET", url).status == 404
            for method, body in (
                ("PATCH", {"label": "x"}),
                ("PATCH", {"set_active": True}),
                ("DELETE", None),
            ):
                assert self.drive.send(method, url, body).status == 404

    @invariant()
    def the_list_is_as_the_model_says_and_one_is_active(self) -> None:
        shown = self.drive.all()
        found = {one["version_number"]: one["label"] for one in shown}
        assert (list(found), found) == (sorted(self.labels), self.labels)
        active = [one["version_number"] for one in shown if one["is_active"]]
        assert active == ([] if self.active is None else [self.active])


TestRules = Rules.TestCase


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> Drive:
    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0] * 5))
    drive = Drive(World())
    for text in ("one", "two", "three"):
        drive.world.put(a_txt=text)
        drive.world.create()
    return drive


def active(drive: Drive) -> list[int]:
    return [one["version_number"] for one in drive.all() if one["is_active"]]


def told(reply: Reply) -> str:
    message: str = reply.body["error"]["message"]
    return message


def test_deleting_the_active_version_makes_the_next_most_recent_active(three: Drive) -> None:
    three.send("DELETE", three.url(3))
    assert active(three) == [2]
    three.ok("PATCH", three.url(1), {"set_active": True})
    three.send("DELETE", three.url(1))
    assert active(three) == [2]


def test_deleting_another_one_leaves_the_active_version_alone(three: Drive) -> None:
    three.ok("PATCH", three.url(1), {"set_active": True})
    three.send("DELETE", three.url(3))
    assert active(three) == [1]


def test_an_archived_version_is_not_made_active_and_the_last_beside_it_stays(three: Drive) -> None:
    three.world.run(archive_version, ArchiveVersion(REF, number(2)))
    assert three.send("DELETE", three.url(3)).status == 204
    assert active(three) == [1]
    reply = three.send("DELETE", three.url(1))
    assert (reply.status, list(reply.body["error"]["details"])) == (422, ["version_id"])
    assert active(three) == [1]


def test_a_version_that_is_deleted_meanwhile_is_not_found(three: Drive) -> None:
    url = three.url(1)
    three.world.records.rivals = [lambda: three.send("DELETE", url)]
    assert three.send("PATCH", url, {"label": "x"}).status == 404


def test_two_deletions_at_once_leave_one_version(three: Drive) -> None:
    three.send("DELETE", three.url(3))
    three.world.records.rivals = [lambda: three.send("DELETE", three.url(1))]
    reply = three.send("DELETE", three.url(2))
    assert (reply.status, reply.body) == (422, LAST)
    assert active(three) == [2]


def test_a_restore_that_a_job_does_is_pending_until_it_is_done(
    three: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "REQUEST_SECONDS", 0)
    shown = three.ok("PATCH", three.url(1), {"label": "Version 1", "set_active": True})
    assert (shown["status"], shown["is_active"], shown["label"]) == ("pending", False, None)
    ((job_id, _),) = three.world.jobs.commands.items()
    job = three.world.jobs.get(REF, job_id)
    assert job is not None
    three.world.jobs.run(three.world.services(), job, KeyboardInterrupt)
    shown = three.ok("GET", three.url(1))
    assert (shown["status"], shown["is_active"], shown["label"]) == ("ready", True, "Version 1")
    assert three.world.files.contents(REF) == {"a.txt": b"one"}


def test_a_version_is_pending_while_its_files_are_being_restored(three: Drive) -> None:
    during: list[str] = []
    three.world.records.rivals = [
        lambda: None,  # the commit that takes the lease
        lambda: during.extend(one["status"] for one in three.all()),
    ]
    assert three.ok("PATCH", three.url(1), {"set_active": True})["status"] == "ready"
    assert during == ["pending", "ready", "ready"]


def test_a_precondition_that_no_longer_holds_changes_nothing(three: Drive) -> None:
    tag = three.send("GET", three.url(1)).headers["ETag"]
    assert three.send("PATCH", three.url(1), {"label": "x"}, if_match=tag).status == 200
    for method, body in (("PATCH", {}), ("PATCH", {"label": "y"}), ("DELETE", None)):
        assert three.send(method, three.url(1), body, if_match=tag).status == 409
    wrong = three.send("PATCH", three.url(1), {}, if_match="x")
    assert (wrong.status, list(wrong.body["error"]["details"])) == (422, ["If-Match"])


def test_the_version_of_another_content_is_not_found(three: Drive) -> None:
    other = three.url(1)[:-12] + "f00000000001"
    for method in ("GET", "PATCH", "DELETE"):
        reply = three.send(method, other)
        assert (reply.status, told(reply)) == (404, "Version not found")


def test_who_may_not_revert_may_not_activate_but_may_rename(three: Drive) -> None:
    three.world.guard.rule = lambda action, _thing: action != "revert"
    assert three.send("PATCH", three.url(1), {"label": "x", "set_active": True}).status == 403
    assert (active(three), three.all()[0]["label"]) == ([3], None)
    assert three.ok("PATCH", three.url(1), {"label": "x"})["label"] == "x"
