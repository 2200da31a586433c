"""What the libraries of production ask of whoever passes them on stands in docs/dependencies.md."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from django.conf import settings

PERMISSIVE = re.compile(r"\b(MIT|0?BSD|ISC|Apache|PSFL?|Unlicense)\b", re.IGNORECASE)
DOCUMENT = settings.BASE_DIR / "docs" / "dependencies.md"
REQUIREMENTS = settings.BASE_DIR / "requirements.txt"
PINNED = re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text(), flags=re.MULTILINE)


def licence_of(package):
    """The licence as the package's metadata says it, or None if it is not for this system."""
    try:
        said = metadata(package)
    except PackageNotFoundError:
        return None
    classifiers = [one for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    return said.get("License-Expression") or " ".join([said.get("License", "")[:40], *classifiers])


def test_requirements_are_found():
    assert {"django", "psycopg2-binary", "nh3"} <= set(PINNED)


def test_a_library_is_permissive_or_named_with_what_it_asks():
    table = DOCUMENT.read_text().partition("## Licences")[2]
    others = {one for one in PINNED if not PERMISSIVE.search(licence_of(one) or "MIT")}
    assert others == {one for one in others if one in table}


def test_no_library_asks_that_the_whole_product_is_under_its_licence():
    strong = re.compile(r"(?<!L)(?<!Lesser )(AGPL|GPL|General Public License)", re.IGNORECASE)
    for package in PINNED:
        assert not strong.search(licence_of(package) or ""), package
