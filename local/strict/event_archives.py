"""EventBridge: archives of a template, which the emulator has by its API alone."""

from typing import Any

from ministack.services import eventbridge
from ministack.services.cloudformation import provisioners

KIND = "AWS::Events::Archive"
# A template's property, as the API calls it.
NAMES = {
    "SourceArn": "EventSourceArn",
    "RetentionDays": "RetentionDays",
    "Description": "Description",
    "EventPattern": "EventPattern",
}
Properties = dict[str, Any]


def apply() -> None:
    archives_of_templates_count()


def archives_of_templates_count() -> None:
    """CloudFormation Template Reference, AWS::Events::Archive: the source and the name are for ever."""
    assert KIND not in provisioners._RESOURCE_HANDLERS, "the emulator has archives now"
    provisioners._RESOURCE_HANDLERS[KIND] = {"create": _create, "update": _update, "delete": _delete}


def _create(logical_id: str, props: Properties, stack_name: str) -> tuple[str, dict[str, str]]:
    name = props.get("ArchiveName") or provisioners._physical_name(stack_name, logical_id, max_len=48)
    known = {api: props[ours] for ours, api in NAMES.items() if ours in props}
    known["RetentionDays"] = int(known.get("RetentionDays", 0))
    status, _, body = eventbridge._create_archive({"ArchiveName": name, **known})
    if status >= 400:
        raise ValueError(f"{KIND} {logical_id}: {body.decode()}")
    return name, _attributes(name)


def _update(name: str, old: Properties, new: Properties, stack_name: str) -> tuple[str, dict[str, str]]:
    if any(old.get(fixed) != new.get(fixed) for fixed in ("SourceArn", "ArchiveName")):
        made = _create(name, new, stack_name)
        _delete(name, old)
        return made
    days = int(new.get("RetentionDays", 0))
    eventbridge._update_archive({"ArchiveName": name, "RetentionDays": days})
    return name, _attributes(name)


def _delete(name: str, _props: Properties) -> None:
    eventbridge._delete_archive({"ArchiveName": name})


def _attributes(name: str) -> dict[str, str]:
    return {"ArchiveName": name, "Arn": eventbridge._archives[name]["ArchiveArn"]}
