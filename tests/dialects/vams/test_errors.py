"""Each kind of error, as VAMS's clients get it."""

import pytest
from assetversions.dialects.vams.errors import error
from assetversions.domain import errors

ERRORS = [
    (errors.Invalid("versionAlias", "is odd."), 400, "versionAlias: is odd."),
    (errors.Unprocessable({"variables.a": "is odd.", "b": "is, too."}), 400, "variables.a: is odd."),
    (errors.NotFound("version", "9"), 400, "No version '9'."),
    (errors.Unauthenticated("Sign in."), 401, "Sign in."),
    (errors.Forbidden("Not you."), 403, "Not you."),
    (errors.NoRule("Not you."), 403, "Not you. No rule allows it."),
    (errors.TooMany("20 are at work."), 429, "20 are at work."),
    (errors.Hidden("asset", "engine"), 403, "You may not see asset 'engine', or there is none."),
    (errors.NotFound("asset", "a"), 404, "No asset 'a'."),
    (errors.NotFound("database", "d"), 404, "No database 'd'."),
    (errors.Conflict("Taken."), 409, "Taken."),
    (errors.ReadOnly("Archived."), 409, "Archived."),
    (errors.Archived("asset", "Archived"), 409, "Archived; unarchive it first."),
    (errors.LostRace("Too late."), 409, "Too late."),
    (errors.UsedBefore("Just deleted."), 409, "Just deleted."),
    (errors.GivenUp("Ended meanwhile."), 409, "Ended meanwhile."),
    (errors.TooLarge("Too much."), 413, "Too much."),
    (
        errors.DoneBefore(),
        409,
        "Idempotency-Key: the first request with this key has done this already.",
    ),
    (errors.KeyReused("Another request."), 422, "Another request."),
    (errors.Busy("Again."), 503, "Again."),
    (errors.AtWork("Again."), 503, "Again."),
]


@pytest.mark.parametrize(("problem", "status", "message"), ERRORS)
def test_each_error_has_its_status_and_says_what_is_wrong(problem: Exception, status: int, message: str):
    reply = error(problem)
    told = reply.body.pop("message")
    assert (reply.status, reply.body, told.startswith(message)) == (status, {}, True)
    assert (told == message) is not isinstance(problem, errors.NotFound | errors.NoRule)
    assert reply.headers == ({"Retry-After": "1"} if status in (429, 503) else {})


def test_every_class_of_error_is_covered():
    def below(kind: type[errors.Error]) -> set[type[errors.Error]]:
        return {kind}.union(*(below(one) for one in kind.__subclasses__()))

    # An engine has some of its own below these. What is incomplete says more than a message: see the uploads.
    elsewhere = {errors.Error, errors.Incomplete}
    known = {kind for kind in below(errors.Error) if kind.__module__ == errors.__name__}
    assert {type(problem) for problem, _, _ in ERRORS} == known - elsewhere


@pytest.mark.parametrize("problem", [RuntimeError("inner detail"), KeyError("secret"), ValueError()])
def test_what_nobody_expected_is_a_500_without_detail(problem: Exception):
    reply = error(problem)
    assert (reply.status, reply.body) == (500, {"message": "Internal Server Error"})
