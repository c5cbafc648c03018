"""VAMS requests into commands: publishing, clones, activation, deletion and history."""

from pydantic import AwareDatetime

from assetversions.dialects.http import Body, Request, parse, wants_background
from assetversions.dialects.vams.parts import Paging, asset_of
from assetversions.dialects.vams.requests import Comment, target
from assetversions.domain import commands, review_commands


class CloneBody(Body):
    comment: Comment | None = None
    publish: bool = False


class HistoryQuery(Paging):
    at: AwareDatetime | None = None


def publish_version(request: Request) -> commands.PublishVersion:
    return commands.PublishVersion(**target(request))


def clone_version(request: Request) -> commands.CloneVersion:
    body = parse(CloneBody, request.json())
    return commands.CloneVersion(**target(request), comment=body.comment or "", publish=body.publish)


def activate_version(request: Request) -> commands.ActivateVersion:
    return commands.ActivateVersion(**target(request), background=wants_background(request))


def delete_version(request: Request) -> commands.DeleteVersion:
    return commands.DeleteVersion(**target(request))


def get_history(request: Request) -> review_commands.GetHistory:
    query = parse(HistoryQuery, request.query)
    return review_commands.GetHistory(asset_of(request), query.page(), query.at)
