"""Makes the AsyncAPI document of the events that go out, of the schemas that they are published with."""

from collections.abc import Iterable, Mapping, Sequence

from assetversions.dialects.common.schema import FULL, TEXT, Schema, like, word

VERSION = "3.0.0"
MESSAGES = "#/components/messages/"
SCHEMAS = "#/components/schemas/"
CHANNELS = "#/channels/"
BUS, POLICY_BUS, WEBHOOK = "bus", "policyBus", "webhook"
# What both ways of sending have to say, in the words of CloudEvents and of Standard Webhooks.
KEPT = ("type", "data", "id", "source", "subject", "sequence", "dataschema")
SIGNED: Schema = {
    "type": "object",
    "required": ["webhook-id", "webhook-timestamp", "webhook-signature"],
    "properties": {
        "webhook-id": FULL | {"description": "The event's id, the same whenever it is sent."},
        "webhook-timestamp": like("^[0-9]+$", "1773570600"),
        "webhook-signature": like("^v1,", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
    },
}


def document(events: Mapping[str, Schema], of_policy: Sequence[str], *, test: str) -> Schema:
    """`events` are the schemas by type; those `of_policy` have a bus of their own. A webhook is sent all that
    is on the other bus, and `test`, which is on none."""
    told = [kind for kind in events if kind not in of_policy]
    shared: dict[str, Schema] = {}
    messages = {kind: _message(kind, schema, shared) for kind, schema in events.items()}
    calls = {_sent(kind): _call(kind, schema) for kind, schema in events.items() if kind in told}
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "Asset Versions: events",
            "version": "1",
            "description": "What becomes of assets, told on a bus of EventBridge and by webhooks: at least"
            " once, and in the order of an asset's `sequence`.",
        },
        "defaultContentType": "application/json",
        "servers": {
            "eventBridge": {
                "host": "{host}",
                "protocol": "eventbridge",
                "description": "The buses that the outputs `EventBus` and `PolicyBus` of the stack name.",
                "variables": {"host": {"default": "events.example.com"}},
            },
            "receiver": {
                "host": "{host}",
                "protocol": "https",
                "description": "Whoever has a webhook.",
                "variables": {"host": {"default": "example.com"}},
            },
        },
        "channels": {
            BUS: _channel(
                "eventBridge", "EventBus", told, "Of assets. `detail-type` is the type of the event."
            ),
            POLICY_BUS: _channel("eventBridge", "PolicyBus", of_policy, "Of who may do what."),
            WEBHOOK: _channel(
                "receiver",
                "",
                [_sent(kind) for kind in (*told, test)],
                "The webhook's own address: a POST, signed as Standard Webhooks says. The event of its"
                f" own test, `{test}`, is on no bus.",
            ),
        },
        "operations": {
            "tellOfAssets": _send(BUS),
            "tellOfPolicy": _send(POLICY_BUS),
            "callWebhooks": _send(WEBHOOK),
        },
        "components": {
            "messages": messages | calls | {_sent(test): _test(test, events[told[0]])},
            "schemas": shared,
        },
    }


def _channel(server: str, address: str, kinds: Iterable[str], description: str) -> Schema:
    named = {"address": address} if address else {}
    return named | {
        "servers": [{"$ref": f"#/servers/{server}"}],
        "description": description,
        "messages": {kind: {"$ref": MESSAGES + kind} for kind in kinds},
    }


def _send(channel: str) -> Schema:
    return {"action": "send", "channel": {"$ref": CHANNELS + channel}}


def _sent(kind: str) -> str:
    return f"webhook.{kind}"


def _message(kind: str, schema: Schema, shared: dict[str, Schema]) -> Schema:
    """Without what says where its schema stands by itself; what events have in common stands there once."""
    payload = {name: inner for name, inner in schema.items() if not name.startswith("$")}
    data = payload["properties"]["data"]
    fields = {name: _share(name, inner, shared) for name, inner in data["properties"].items()}
    payload["properties"] = payload["properties"] | {"data": data | {"properties": fields}}
    return {"name": kind, "title": schema["title"], "payload": payload}


def _share(name: str, schema: Schema, shared: dict[str, Schema]) -> Schema:
    plain = {"object": "properties", "array": "items"}
    if plain.get(str(schema.get("type"))) not in schema or shared.setdefault(name, schema) != schema:
        return schema
    return {"$ref": SCHEMAS + name}


def _call(kind: str, schema: Schema) -> Schema:
    """The same event as a receiver gets it: `timestamp` is the event's time."""
    fields, needed = f"{MESSAGES}{kind}/payload/properties/", schema["required"]
    known = {name: {"$ref": fields + name} for name in KEPT if name in schema["properties"]}
    payload: Schema = {
        "type": "object",
        "properties": known | {"timestamp": {"$ref": f"{fields}time"}},
        "required": [*(name for name in known if name in needed), "timestamp"],
    }
    return {"name": _sent(kind), "title": schema["title"], "headers": SIGNED, "payload": payload}


def _test(kind: str, other: Schema) -> Schema:
    """It says nothing but that the webhook works; its type begins like those of the others."""
    fields = other["properties"]
    payload: Schema = {
        "type": "object",
        "properties": {
            "type": word(f"{fields['source']['const']}.{kind}"),
            "timestamp": fields["time"],
            "data": {"type": "object", "properties": {"webhookId": TEXT}, "required": ["webhookId"]},
        },
        "required": ["type", "timestamp", "data"],
    }
    title = payload["properties"]["type"]["const"]
    return {"name": _sent(kind), "title": title, "headers": SIGNED, "payload": payload}
