"""The product's own settings, with the addresses of the benchmark added."""

from casa.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.site"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "benchmarks" / "templates")  # noqa: F405
