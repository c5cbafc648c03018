"""Rules of other services than S3 that the emulator keeps by itself: a newer one must not lose one unseen."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client
from tests.strict.answers import refusal
from tests.strict.functions import function, http_api
from tests.strict.machines import Machine
from tests.strict.queues import Queue
from tests.strict.roles import document, taken
from tests.strict.stacks import TABLE, Stack
from tests.strict.users import Pool

QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {}}
BROKEN = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::GetAtt": ["Table", "Nothing"]}}}
REFUSED = (400, "ValidationException")


@pytest.fixture
def table(engine: str) -> str:
    name = f"table-{uuid4()}"
    client("dynamodb", engine).create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.mark.parametrize(
    "item",
    [{"PK": {"S": ""}}, {"PK": {"S": "é" * 1025}}, {"PK": {"S": "k"}, "text": {"S": "é" * 205_000}}],
    ids=["empty key", "long key", "large item"],
)
def test_dynamodb_refuses_keys_and_items_of_a_wrong_size(engine: str, table: str, item: dict[str, Any]):
    dynamodb = client("dynamodb", engine)
    writes: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (dynamodb.put_item, {"TableName": table, "Item": item}),
        (dynamodb.batch_write_item, {"RequestItems": {table: [{"PutRequest": {"Item": item}}]}}),
        (dynamodb.transact_write_items, {"TransactItems": [{"Put": {"TableName": table, "Item": item}}]}),
    ]
    key = {"PK": item["PK"]}
    change: dict[str, Any] = {"TableName": table, "Key": key}
    if "text" in item:
        dynamodb.put_item(TableName=table, Item=key)
        change |= {
            "UpdateExpression": "SET more = :text",
            "ExpressionAttributeValues": {":text": item["text"]},
        }
    else:
        writes.append((dynamodb.get_item, {"TableName": table, "Key": key}))
    writes.append((dynamodb.update_item, change))
    for call, how in writes:
        assert refusal(call, **how) == REFUSED


def resources(number: int) -> dict[str, Any]:
    return {f"Handle{one}": {"Type": "AWS::CloudFormation::WaitConditionHandle"} for one in range(number)}


def test_a_stack_has_500_resources_at_most(engine: str):
    stack = Stack(engine)
    assert stack.deploy({"Resources": resources(500)}) == "CREATE_COMPLETE"
    how = {"StackName": "more", "TemplateBody": json.dumps({"Resources": resources(501)})}
    assert refusal(stack.cloudformation.create_stack, **how) == (400, "ValidationError")


def test_a_template_has_51200_bytes_at_most_and_a_million_in_a_bucket(engine: str, s3: Any, bucket: str):
    template = json.dumps({"Resources": {"Queue": QUEUE}})
    create = client("cloudformation", engine).create_stack
    assert refusal(create, StackName="a", TemplateBody=template.ljust(51_201))[1] == "ValidationError"
    s3.put_object(Bucket=bucket, Key="t", Body=template.ljust(1_000_001).encode())
    assert refusal(create, StackName="a", TemplateURL=f"{engine}/{bucket}/t")[1] == "ValidationError"


@pytest.mark.parametrize(
    ("policy", "left"), [("Delete", False), ("RetainExceptOnCreate", False), ("Retain", True)]
)
def test_a_create_that_fails_is_rolled_back_by_the_policies(engine: str, policy: str, left: bool):
    stack, dynamodb = Stack(engine), client("dynamodb", engine)
    kept = {**TABLE, "DeletionPolicy": policy}
    assert stack.deploy({"Resources": {"Table": kept, "Broken": BROKEN}}) == "ROLLBACK_COMPLETE"
    tables = [name for name in dynamodb.list_tables()["TableNames"] if name.startswith(stack.name)]
    assert bool(tables) == left


@pytest.mark.parametrize("policy", ["Retain", "RetainExceptOnCreate"])
def test_a_delete_leaves_what_is_to_be_retained(engine: str, policy: str):
    stack, dynamodb = Stack(engine), client("dynamodb", engine)
    stack.deploy({"Resources": {"Table": {**TABLE, "DeletionPolicy": policy}}})
    assert stack.delete() == "DELETE_COMPLETE"
    assert any(name.startswith(stack.name) for name in dynamodb.list_tables()["TableNames"])


def test_an_update_that_fails_leaves_what_was_what_it_replaces_too(engine: str):
    stack, dynamodb = Stack(engine), client("dynamodb", engine)
    stack.deploy({"Resources": {"Table": TABLE}})
    before = dynamodb.list_tables()["TableNames"]
    other_key = json.loads(json.dumps(TABLE).replace("PK", "OTHER"))
    changed = {"Resources": {"Table": other_key, "More": TABLE, "Broken": BROKEN}}
    assert stack.deploy(changed) == "UPDATE_ROLLBACK_COMPLETE"
    assert dynamodb.list_tables()["TableNames"] == before


def test_a_stopped_execution_runs_no_catch(engine: str):
    catch = {"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}], "End": True}
    broken: dict[str, Any] = {"Wait": {"Type": "Wait", "Seconds": 1, "Next": "No"}, "No": {"Type": "Fail"}}
    both = {"Type": "Parallel", "Branches": [{"StartAt": "Wait", "States": broken}], **catch}
    machine = Machine(engine, {"Both": both, "Caught": {"Type": "Succeed"}})
    machine.start({})
    machine.stop()
    assert machine.end()["status"] == "ABORTED"


REPORTING = """
def handler(event, context):
    failed = [one["messageId"] for one in event["Records"] if one["body"] == "poison"]
    return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}
"""


def test_a_message_that_a_function_reports_comes_again_and_at_last_goes_to_the_dead_letters(engine: str):
    dead = Queue(engine)
    redrive = {"deadLetterTargetArn": dead.arn, "maxReceiveCount": "2"}
    source = Queue(engine, VisibilityTimeout="2", RedrivePolicy=json.dumps(redrive))
    functions, called = client("lambda", engine), function(engine, REPORTING, may=("sqs:*",))
    functions.invoke(FunctionName=called, Payload=b'{"Records": []}')  # so that it is warm
    functions.create_event_source_mapping(
        EventSourceArn=source.arn,
        FunctionName=called,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )
    source.send("good", "poison")
    assert [message["Body"] for message in dead.receive(1)] == ["poison"]


def test_a_bucket_s_policy_denies_what_a_role_may_do(engine: str):
    s3, bucket = client("s3", engine), f"bucket-{uuid4()}"
    s3.create_bucket(Bucket=bucket)
    _, admin = taken(engine, "s3", {"Action": "s3:*"})
    admin.put_object(Bucket=bucket, Key="a")
    deny = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Resource": f"arn:aws:s3:::{bucket}/*"}
    actions = ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]
    s3.put_bucket_policy(Bucket=bucket, Policy=document(deny | {"Action": actions}))
    denied = (403, "AccessDenied")
    assert refusal(admin.put_object, Bucket=bucket, Key="b") == denied
    assert refusal(admin.copy_object, Bucket=bucket, Key="b", CopySource=f"{bucket}/a") == denied
    assert refusal(admin.create_multipart_upload, Bucket=bucket, Key="b") == denied
    assert refusal(admin.delete_object, Bucket=bucket, Key="a") == denied
    assert refusal(admin.delete_objects, Bucket=bucket, Delete={"Objects": [{"Key": "a"}]}) == denied
    assert [one["Key"] for one in admin.list_objects_v2(Bucket=bucket)["Contents"]] == ["a"]


def test_a_token_lives_on_at_the_api_when_its_user_is_signed_out_disabled_or_deleted(engine: str):
    pool, api = Pool(engine), http_api(engine)
    gateway = client("apigatewayv2", engine)
    issuer = f"https://cognito-idp.us-east-1.amazonaws.com/{pool.id}"
    authorizer = gateway.create_authorizer(
        ApiId=api.api_id,
        Name="users",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Audience": [pool.client_id], "Issuer": issuer},
    )["AuthorizerId"]
    [route] = gateway.get_routes(ApiId=api.api_id)["Items"]
    gateway.update_route(
        ApiId=api.api_id, RouteId=route["RouteId"], AuthorizationType="JWT", AuthorizerId=authorizer
    )
    token = pool.sign_in()["AccessToken"]
    user = {"UserPoolId": pool.id, "Username": pool.user}
    ends = (
        pool.cognito.admin_user_global_sign_out,
        pool.cognito.admin_disable_user,
        pool.cognito.admin_delete_user,
    )
    assert api("GET", "/things/a").status_code == 401
    for end in ends:
        end(**user)
        answer = api("GET", "/things/a", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200


@pytest.mark.parametrize("end", ["admin_user_global_sign_out", "admin_disable_user", "admin_delete_user"])
def test_the_pool_itself_takes_an_access_token_no_more(engine: str, end: str):
    pool = Pool(engine)
    token = pool.sign_in()["AccessToken"]
    assert pool.cognito.get_user(AccessToken=token)["Username"] == pool.user
    getattr(pool.cognito, end)(UserPoolId=pool.id, Username=pool.user)
    refused = {(400, "NotAuthorizedException"), (400, "UserNotFoundException")}
    assert refusal(lambda: pool.cognito.get_user(AccessToken=token)) in refused


@pytest.mark.parametrize("end", ["admin_user_global_sign_out", "admin_disable_user", "admin_delete_user"])
def test_a_refresh_token_ends_with_its_session(engine: str, end: str):
    pool = Pool(engine)
    refresh_token = pool.sign_in()["RefreshToken"]
    assert pool.refresh(refresh_token)["AccessToken"]
    getattr(pool.cognito, end)(UserPoolId=pool.id, Username=pool.user)
    assert refusal(lambda: pool.refresh(refresh_token)) == (400, "NotAuthorizedException")


def test_a_request_that_names_no_partition_is_refused_where_one_has_to_be_named(
    engine: str, table: str
) -> None:
    """A condition on all values of a key holds where there is none."""
    ours: dict[str, Any] = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["our*"]}}
    named = ours | {"Null": {"dynamodb:LeadingKeys": "false"}}
    _, anything = taken(engine, "dynamodb", {"Action": "dynamodb:*", "Condition": ours})
    anything.scan(TableName=table)
    _, kept = taken(engine, "dynamodb", {"Action": "dynamodb:*", "Condition": named})
    assert refusal(kept.scan, TableName=table)[1] == "AccessDeniedException"
