"""The template keeps its promises: every route guarded, least privilege, nothing unprotected."""

import json
import re
from collections.abc import Iterator
from typing import Any

from assetversions import operations
from assetversions.dialects import ROUTES
from avs.signing_in.browser import PATH, PORTS
from aws_cdk.assertions import Match, Template

from infra.access import ACCESS, STACKS
from infra.grants import GRANTS, KEPT_TO

SERVING = {operations.function(route.operation) for route in ROUTES}
STEPS = {*STACKS["Jobs"], *STACKS["Automatic"]}
# X-Ray knows no resources: what it takes, it takes for the whole account.
TRACES = {"Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "Effect": "Allow", "Resource": "*"}
BESIDE = {"seed_policy", "authorizer", "look_at_person", "fallback", *STEPS} | {
    one for row in ("Automatic", "Schedule", "Events", "Deliveries", "Mail", "Outbox") for one in STACKS[row]
}


def _properties(template: Template, kind: str) -> list[dict[str, Any]]:
    return [found["Properties"] for found in template.find_resources(kind).values()]


def _of_functions(template: Template) -> Iterator[dict[str, Any]]:
    """Every IAM statement of every function's role; the state machine's role has none of its own."""
    for role in _properties(template, "AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role
        for policy in role.get("Policies", []):
            yield from policy["PolicyDocument"]["Statement"]


def _of_the_machine(template: Template) -> Iterator[dict[str, Any]]:
    """What CDK grants to the role of the state machine, and to no other."""
    (machine,) = _properties(template, "AWS::StepFunctions::StateMachine")
    for policy in _properties(template, "AWS::IAM::Policy"):
        assert policy["Roles"] == [{"Ref": machine["RoleArn"]["Fn::GetAtt"][0]}]
        yield from policy["PolicyDocument"]["Statement"]


def _versions_and_executions(template: Template) -> list[dict[str, Any]]:
    """The only wildcards of the machine's role: the versions of its functions, and its own executions."""
    functions = template.find_resources("AWS::Lambda::Function")
    steps = [key for key, found in functions.items() if found["Properties"]["Description"] in STEPS]
    versions = [{"Fn::Join": ["", [{"Fn::GetAtt": [step, "Arn"]}, ":*"]]} for step in steps]
    (machine,) = template.find_resources("AWS::StepFunctions::StateMachine")
    account = ["arn:", {"Ref": "AWS::Partition"}, ":states:", {"Ref": "AWS::Region"}, ":"]
    name = {"Fn::Select": [6, {"Fn::Split": [":", {"Ref": machine}]}]}
    executions = [*account, {"Ref": "AWS::AccountId"}, ":execution:", name]
    return [*versions, *({"Fn::Join": ["", [*executions, end]]} for end in (":*", "/*:*"))]


def _check(statement: dict[str, Any], wildcards: list[dict[str, Any]]) -> None:
    actions, resources = statement["Action"], statement["Resource"]
    for action in [actions] if isinstance(actions, str) else actions:
        assert re.fullmatch(r"[a-z0-9-]+:[A-Z][A-Za-z]+", action), action
    for resource in resources if isinstance(resources, list) else [resources]:
        assert resource != "*"
        # The wildcards that a function may have: objects of one named bucket, executions of one machine.
        plain = all("*" not in text or text in {"/*", "/zips/*", ":*"} for text in _texts(resource))
        assert plain or resource in wildcards, resource


def _texts(value: Any) -> Iterator[str]:
    """Every string in a nested value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def test_every_function_of_an_access_row_is_deployed(template: Template) -> None:
    functions = [function["Description"] for function in _properties(template, "AWS::Lambda::Function")]
    assert sorted(functions) == sorted(SERVING | BESIDE)
    assert set(ACCESS) == SERVING | BESIDE


def test_nothing_has_a_name_that_an_earlier_deployment_may_have_left_behind(template: Template) -> None:
    """But for the group of the access log, which needs a prefix: it carries the stack's own id."""
    found = {
        (resource["Type"], json.dumps(resource["Properties"][name]))
        for resource in template.to_json()["Resources"].values()
        for name in (f"{resource['Type'].split('::')[-1]}Name",)
        # These are known inside a role, an API and a pool alone.
        if name in resource.get("Properties", {}).keys() - {"PolicyName", "StageName", "GroupName"}
    }
    ((kind, name),) = found
    assert kind == "AWS::Logs::LogGroup"
    assert "/aws/vendedlogs/asset-versions-prod/" in name
    assert '{"Ref": "AWS::StackId"}' in name


def test_functions_run_on_arm_with_a_timeout_below_the_gateway_s(template: Template) -> None:
    for function in _properties(template, "AWS::Lambda::Function"):
        assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"])
        assert function["Timeout"] <= (900 if function["Description"] in STEPS else 29)
        assert len(function["Layers"]) == 3


def test_every_function_is_traced_and_may_say_so(template: Template) -> None:
    functions = _properties(template, "AWS::Lambda::Function")
    assert {json.dumps(function["TracingConfig"]) for function in functions} == {'{"Mode": "Active"}'}
    traced = [statement for statement in _of_functions(template) if statement == TRACES]
    assert len(traced) == len(functions)


def test_every_function_has_a_role_of_its_own(template: Template) -> None:
    roles = [function["Role"]["Fn::GetAtt"][0] for function in _properties(template, "AWS::Lambda::Function")]
    assert len(set(roles)) == len(roles)


def test_our_own_authorizer_writes_the_time_of_last_use_alone() -> None:
    reads = re.compile(r":(Get|BatchGet|List|Query|Invoke)")
    granted = [(grant, actions) for grant in ACCESS["authorizer"].grants for _, actions in GRANTS[grant]]
    writing = {grant for grant, actions in granted if not all(map(reads.search, actions))}
    assert writing == {"touch tokens"}
    assert writing <= KEPT_TO.keys(), "it is about its own kind of items"
    assert not ACCESS["authorizer"].writes


def test_one_function_asks_the_pool_and_those_who_let_people_in_may_call_that_one(template: Template) -> None:
    """And no function may call any other."""
    roles = template.find_resources("AWS::IAM::Role")
    may: dict[str, set[str]] = {"cognito-idp": set(), "lambda": set()}
    for function in template.find_resources("AWS::Lambda::Function").values():
        role = roles[function["Properties"]["Role"]["Fn::GetAtt"][0]]["Properties"]
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            for service in {action.split(":")[0] for action in actions} & may.keys():
                may[service].add(function["Properties"]["Description"])
    guarded = {operations.function(route.operation) for route in ROUTES if not route.open}
    asking = guarded | {"authorizer", "deliver_webhooks", "send_mail"}
    assert may == {"cognito-idp": {"look_at_person"}, "lambda": asking}
    assert GRANTS["ask about people"] == [("look_at_person", ["lambda:InvokeFunction"])]


def test_no_action_is_a_wildcard_and_no_resource_is_everything(template: Template) -> None:
    for statement in _of_functions(template):
        if statement != TRACES:
            _check(statement, [])
    for statement in _of_the_machine(template):
        _check(statement, _versions_and_executions(template))


def test_readers_cannot_write() -> None:
    """But who asks for a job ends one whose execution is over, though nobody heard of it."""
    for operation, access in ACCESS.items():
        if operation.startswith(("get_", "list_", "service", "session")) and operation not in (
            "get_job",
            "list_jobs",
        ):
            assert not access.writes, operation
            assert not [grant for grant in access.grants if grant.startswith(("write", "restore"))], operation


def test_the_table_is_protected(template: Template) -> None:
    template.has_resource(
        "AWS::DynamoDB::Table",
        {
            "DeletionPolicy": "Retain",
            "Properties": Match.object_like(
                {
                    "BillingMode": "PAY_PER_REQUEST",
                    "DeletionProtectionEnabled": True,
                    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
                    "SSESpecification": {"SSEEnabled": True},
                    "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
                    "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
                }
            ),
        },
    )


def test_the_buckets_are_protected(template: Template) -> None:
    buckets = template.find_resources("AWS::S3::Bucket")
    assert len(buckets) == 4
    for name, bucket in buckets.items():
        properties = bucket["Properties"]
        assert bucket["DeletionPolicy"] == "Retain"
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert "BucketEncryption" in properties
        if _is_pages(name):
            continue
        rule, *others = properties["LifecycleConfiguration"]["Rules"]
        # What can be packed anew is not kept.
        assert {one["Prefix"] for one in others} <= {"packs/", "zips/"}
        if "LoggingConfiguration" in properties:
            assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
            # No rule may expire an object version.
            assert set(rule) == {"AbortIncompleteMultipartUpload", "Status"}
        else:
            assert rule == {"ExpirationInDays": 365, "Status": "Enabled"}


def test_who_reaches_for_an_object_is_on_record(template: Template) -> None:
    buckets = template.find_resources("AWS::S3::Bucket")
    logged = {
        found["Properties"]["LoggingConfiguration"]["LogFilePrefix"]: found["Properties"][
            "LoggingConfiguration"
        ]["DestinationBucketName"]["Ref"]
        for found in buckets.values()
        if "LoggingConfiguration" in found["Properties"]
    }
    assert set(logged) == {"assets/", "manifests/"}
    (target,) = set(logged.values())
    assert "LoggingConfiguration" not in buckets[target]["Properties"]


def _is_pages(name: str) -> bool:
    """Whether it is the bucket of the console's files, which a build makes anew."""
    return name.startswith("Files")


def test_the_buckets_speak_tls_only(template: Template) -> None:
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    policies = _properties(template, "AWS::S3::BucketPolicy")
    assert len(policies) == 4
    for policy in policies:
        statements = policy["PolicyDocument"]["Statement"]
        assert any(item["Effect"] == "Deny" and item["Condition"] == insecure for item in statements)


def test_every_function_logs_to_a_group_with_retention(template: Template) -> None:
    groups = template.find_resources("AWS::Logs::LogGroup")
    assert {group["Properties"]["RetentionInDays"] for group in groups.values()} == {365}
    functions = _properties(template, "AWS::Lambda::Function")
    logs = {function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions}
    assert len(logs) == len(functions)
    assert logs < set(groups)


def test_logs_outlive_a_stage_that_keeps_its_data_but_no_failed_deployment(template: Template) -> None:
    groups = template.find_resources("AWS::Logs::LogGroup").values()
    policies = {(group["DeletionPolicy"], group["UpdateReplacePolicy"]) for group in groups}
    assert policies == {("RetainExceptOnCreate", "Retain")}


def test_nobody_signs_up_alone_and_the_client_of_people_has_no_secret(template: Template) -> None:
    (pool,) = _properties(template, "AWS::Cognito::UserPool")
    people = _clients(template)["Client"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert people["AllowedOAuthFlowsUserPoolClient"] is False
    assert people["AccessTokenValidity"] == 60
    assert people["GenerateSecret"] is False


def test_a_machine_gets_tokens_with_our_scopes_and_signs_nobody_in(template: Template) -> None:
    machine = _clients(template)["Machine"]
    (server,) = _properties(template, "AWS::Cognito::UserPoolResourceServer")
    assert server["Identifier"] == "asset-versions"
    assert [scope["ScopeName"] for scope in server["Scopes"]] == ["data:read", "data:write"]
    assert machine["GenerateSecret"] is True
    assert machine["AllowedOAuthFlows"] == ["client_credentials"]
    assert machine["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    assert len(machine["AllowedOAuthScopes"]) == 2


def test_browsers_sign_in_by_code_alone_and_come_back_to_this_machine(template: Template) -> None:
    """No token in an address, no password past the pages, and a token that the pool can be asked about."""
    browsers = _clients(template)["Browsers"]
    assert browsers["GenerateSecret"] is False
    assert browsers["AllowedOAuthFlows"] == ["code"]
    assert browsers["AllowedOAuthScopes"] == ["openid", "aws.cognito.signin.user.admin"]
    assert browsers["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    here = [f"http://localhost:{port}{PATH}" for port in PORTS]
    *local, console = browsers["CallbackURLs"]
    assert browsers["LogoutURLs"] == browsers["CallbackURLs"]
    assert (local, console["Fn::Join"][1][-1]) == (here, "/console/")


def test_who_signs_in_by_a_browser_has_tokens_that_live_as_long_as_any(template: Template) -> None:
    clients = _clients(template)
    lives = ("AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity", "TokenValidityUnits")
    people, browsers = ({name: clients[one][name] for name in lives} for one in ("Client", "Browsers"))
    assert people == browsers


def _clients(template: Template) -> dict[str, Any]:
    """The clients of the pool, by what they are for."""
    found = template.find_resources("AWS::Cognito::UserPoolClient")
    return {
        purpose: one["Properties"]
        for purpose in ("Client", "Machine", "Browsers")
        for key, one in found.items()
        if key.startswith(f"IdentityPool{purpose}")
    }
