"""Property tests decide by what they find, never by how long they take; HYPOTHESIS_PROFILE says how hard."""

import os

from hypothesis import settings

settings.register_profile("default", deadline=None, database=None, max_examples=100, stateful_step_count=30)
settings.register_profile("soak", deadline=None, database=None, max_examples=3_000, stateful_step_count=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
