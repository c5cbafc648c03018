"""What a client is told of its own session, and of nobody else's."""

import pytest
from assetversions.domain.commands.service import DescribeSession
from assetversions.domain.errors import Forbidden
from assetversions.domain.results.catalog import Session
from assetversions.operations.session.describe_session import describe_session

from tests.support import World


@pytest.mark.parametrize("named", [None, "ann"])
def test_one_is_told_who_one_is_and_where_files_are_kept(world: World, named: str | None):
    assert world.run(describe_session, DescribeSession(named)) == Session("ann", "assets")


@pytest.mark.parametrize("named", ["bob", ""])
def test_the_profile_of_another_user_is_not_shown(world: World, named: str):
    with pytest.raises(Forbidden, match="another user"):
        world.run(describe_session, DescribeSession(named))
