"""The English catalogue holds what a site words otherwise, and nothing else."""

from babel.messages.catalog import Catalog

from tools import messages


def test_a_word_is_changed_in_english(monkeypatch, tmp_path):
    monkeypatch.setattr(messages, "catalogue_path", lambda language: tmp_path / language / "x.po")
    monkeypatch.setattr(messages, "languages", lambda: ["en"])
    monkeypatch.setattr(messages, "scripts", list)
    template = Catalog()
    template.add("All organizations")
    template.add(("one organization", "%(n)d organizations"), context="count")
    template.add("Signatures")
    monkeypatch.setattr(messages, "collect", lambda: template)
    messages.main(["--reword", "Organization"])
    path = messages.catalogue_path("en")
    path.write_text(path.read_text().replace('msgstr "All organizations"', 'msgstr "All groups"'))
    messages.main(["--reword", "organization"])
    found = {message.id: message.string for message in messages.read("en") if message.id}
    assert found == {
        "All organizations": "All groups",
        ("one organization", "%(n)d organizations"): ("one organization", "%(n)d organizations"),
    }
    assert messages.untranslated(messages.read("en")) == []
