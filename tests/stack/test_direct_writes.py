"""Where a stage denies direct writes, S3 itself refuses whoever is none of our functions that write files."""

from typing import Any

from infra.access import ACCESS, WRITE_FILES
from tests.stack.conftest import Resources

WRITERS = {name for name, access in ACCESS.items() if WRITE_FILES & set(access.grants)}


def refusals(parent: Resources) -> list[dict[str, Any]]:
    """What the policies of buckets deny to others than our functions."""
    policies = [one["Properties"] for one in parent.values() if one["Type"] == "AWS::S3::BucketPolicy"]
    statements = [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]
    return [one for one in statements if one.get("Sid") == "OnlyOurFunctionsWrite"]


def settings_of(templates: dict[str, Resources]) -> set[str]:
    functions = (one for resources in templates.values() for one in resources.values())
    found = (one["Properties"] for one in functions if one["Type"] == "AWS::Lambda::Function")
    variables = (one.get("Environment", {}).get("Variables", {}) for one in found)
    return {one["DIRECT_WRITES"] for one in variables if "TABLE_NAME" in one}


def test_only_the_functions_that_write_files_may_write(careful: dict[str, Resources]) -> None:
    (refusal,) = refusals(careful[""])
    assert (refusal["Effect"], refusal["Principal"]) == ("Deny", {"AWS": "*"})
    assert set(refusal["Action"]) >= {"s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"}
    roles = refusal["Condition"]["ArnNotLike"]["aws:PrincipalArn"]
    outputs = [role["Fn::GetAtt"][1] for role in roles]
    named = {name for name in WRITERS for one in outputs if f"{name.replace('_', '')}role" in one}
    assert (named, len(outputs)) == (WRITERS, len(WRITERS))


def test_the_functions_know_whether_the_journal_tells_everything(
    careful: dict[str, Resources], templates: dict[str, Resources]
) -> None:
    assert settings_of(careful) == {"denied"}
    assert settings_of(templates) == {"allowed"}
    assert refusals(templates[""]) == []
