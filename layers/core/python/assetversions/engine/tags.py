"""The vocabulary of tags: changed as a whole, and what a new asset's tags are held against."""

from collections.abc import Callable

from assetversions.domain.errors import Forbidden, Invalid
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagsChanged
from assetversions.domain.tags import Vocabulary
from assetversions.engine.commit import retried
from assetversions.engine.once import receipt


def check_tags(services: Services, tags: tuple[str, ...]) -> None:
    """Invalid for tags that a new asset can't have; what was read lately is good enough to let them pass."""
    if services.records.vocabulary(lately=True).problem(tags):
        problem = services.records.vocabulary().problem(tags)
        if problem is not None:
            raise Invalid("tags", problem)


def change_vocabulary(
    services: Services, action: str, names: tuple[str, ...], edit: Callable[[Vocabulary], Vocabulary]
) -> TagsChanged:
    """Store what `edit` makes of it, asked anew each time a race is lost.

    All databases share it: Forbidden unless the rules allow the action whatever it is about.
    """
    if not services.guard.allows(action, {}):
        raise Forbidden(
            f"To {action} tags takes a rule that lets you {action} anything: all databases share them.",
            services.guard.decider(action, {}),
        )
    done = TagsChanged(names, services.now())

    def attempt() -> TagsChanged:
        services.records.define(edit(services.records.vocabulary()), receipt(services, done))
        return done

    return retried(attempt, "Too many changes of tags at once; send the request again.")
