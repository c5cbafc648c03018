"""Resolve the variables of a version: which value each gets from what a caller sends."""

from assetversions.domain import variables as rules
from assetversions.domain.commands.versions import ResolveVariables
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import ResolvedVariables
from assetversions.engine.content import check_references
from assetversions.engine.expand import variables_of
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation


@operation(action="read")
def resolve_variables(command: ResolveVariables, asset: Asset, services: Services) -> ResolvedVariables:
    """Unprocessable, with every value that is wrong; nothing is evaluated where the caller waives it."""
    version = find_version(services, asset, command.version)
    if not command.evaluate:
        return ResolvedVariables(asset, version, rules.as_given(command.given))
    resolved = rules.resolve(variables_of(services, version), command.given)
    check_references(services, rules.references(resolved))
    return ResolvedVariables(asset, version, resolved)
