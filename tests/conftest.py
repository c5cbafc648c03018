"""Property tests decide by what they find, never by how long they take."""

from hypothesis import settings

settings.register_profile("product", deadline=None, database=None)
settings.load_profile("product")
