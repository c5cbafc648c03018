"""Casbin without what it imports for the globs of a model: ours has none."""

import sys

from authz.later import Later

sys.modules.setdefault("wcmatch.glob", Later("wcmatch.glob"))
from casbin import Enforcer  # noqa: E402
from casbin.persist import Adapter  # noqa: E402

__all__ = ["Adapter", "Enforcer"]
