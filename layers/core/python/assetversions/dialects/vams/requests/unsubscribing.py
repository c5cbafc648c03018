"""The link of a letter into commands; the body says nothing that counts (RFC 8058)."""

from pydantic import BaseModel, Field

from assetversions.dialects.common.http import Request, parse
from assetversions.domain.commands.service import ShowUnsubscribing, UnsubscribeByLink


class TicketQuery(BaseModel):
    ticket: str = Field(min_length=1, max_length=1_000)


def show_unsubscribing(_request: Request) -> ShowUnsubscribing:
    return ShowUnsubscribing()


def unsubscribe_by_link(request: Request) -> UnsubscribeByLink:
    return UnsubscribeByLink(parse(TicketQuery, request.query).ticket)
