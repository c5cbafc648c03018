"""What a client is told of its own session, and of nobody else's."""

import pytest
from assetversions.domain.access_report import AccessReport, Question, Verdict
from assetversions.domain.commands.service import DescribeSession, ListAllowedRoutes
from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.results.catalog import Session
from assetversions.operations.session.describe_session import describe_session
from assetversions.operations.session.list_allowed_routes import list_allowed_routes

from tests.support import World


@pytest.mark.parametrize("named", [None, "ann"])
def test_one_is_told_who_one_is_and_where_files_are_kept(world: World, named: str | None):
    assert world.run(describe_session, DescribeSession(named)) == Session("ann", "assets")


@pytest.mark.parametrize("named", ["bob", ""])
def test_the_profile_of_another_user_is_not_shown(world: World, named: str):
    with pytest.raises(Forbidden, match="another user"):
        world.run(describe_session, DescribeSession(named))


def test_of_a_clients_routes_those_are_told_that_are_allowed_and_pages_of_its_own(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    def explain(question: Question) -> AccessReport:
        verdicts = {"GET /database": True, "POST /database": False}
        if question.route not in verdicts:
            raise NotFound("route", str(question.route))
        verdict = Verdict(verdicts[question.route], None, "")
        return AccessReport((), question, verdict, {})

    monkeypatch.setattr(world.guard, "explain", explain)
    asked = (("GET", "/databases/:databaseId/assets"), ("POST", "/database"), ("GET", "/database"))
    told = world.run(list_allowed_routes, ListAllowedRoutes(asked))
    assert (told.user, told.routes) == ("ann", [asked[0], asked[2]])
