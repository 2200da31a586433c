"""`make audit` tells weak packages from sound ones, and both from those nobody could check."""

from tools import audit

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
WEAK = {
    "name": "weak",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": "x"}],
}
UNKNOWN = {"name": "unknown", "skip_reason": "Dependency not found on PyPI"}


def test_a_weakness_is_named_with_its_remedy():
    found = audit.weaknesses({"dependencies": [SOUND, WEAK]})
    assert found.found == [("weak", "2.0", "PYSEC-2026-1", "fixed in 2.1")]
    assert "of 2 packages" in str(found)


def test_what_is_sound_is_said_of_what_was_checked():
    said = str(audit.weaknesses({"dependencies": [SOUND, UNKNOWN]}))
    assert "of 1 packages that could be checked" in said
    assert "none known" in said
    assert "no advisory data to be had: unknown" in said


def test_where_nothing_was_checked_nothing_is_called_sound():
    said = str(audit.weaknesses({"dependencies": [UNKNOWN]}))
    assert "COULD NOT BE CHECKED" in said
    assert "none known" not in said


def test_every_pinned_package_is_asked_about():
    assert {"django", "granian", "psycopg2-binary"} <= set(audit.packages())
