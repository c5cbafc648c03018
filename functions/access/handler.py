"""Lambda: rules, roles, memberships, API tokens: the one function that may change them."""

from assetversions.runtime.endpoint import family

handler = family("access")
