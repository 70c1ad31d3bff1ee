"""For all tests: hypothesis judges results, never the time that a busy machine took."""

from hypothesis import settings

settings.register_profile("demarche", deadline=None)
settings.load_profile("demarche")
