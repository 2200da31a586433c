"""The kind that an organization's name says."""

import pytest

from signatories.models import Organization
from signatories.parser import kind_of

SAID = {
    "trade_union": (
        "Lehrergewerkschaft Aldermouth", "Gewerkschaft der Flussleute",
        "Teachers' Union of Millbrook",
        "Профсоюз работников культуры", "نقابة المعلمين", "Təhsil İşçiləri Həmkarlar İttifaqı",
        "Kitap Sendikası", "Syndicat des bateliers",
    ),
    "foundation": (
        "Alder Foundation", "Foundation for Rivers", "Bücherstiftung Østerby",
        "Fundación Río Claro",
        "Alder Vakfı", "Фонд «Ольха»", "مؤسسة النهر",
    ),
    "party": ("Partei der Flüsse", "Aldermouth Green Party", "Partiet for elvene", "حزب النهر"),
    "network": (
        "River Network", "Bündnis für Bibliotheken", "Bibliotheksbündnis", "Red de Bibliotecas",
        "Réseau des rivières", "Çaylar Şəbəkəsi", "Сеть библиотек",
    ),
    "company": ("Alder Books GmbH", "Millbrook Paper Ltd.", "ООО Ольха"),
    "public": (
        "Ministry of Culture", "Alder City Council", "Stadt Aldermouth", "Şirinvan Bələdiyyəsi",
        "Kulturministerium", "بلدية النهر",
    ),
    "university": (
        "University of Millbrook", "Technische Universität Aldermouth", "Millbrook University",
        "Şirinvan Dövlət Universiteti", "Universidad de los Ríos", "جامعة النهر",
    ),
    "education": ("Saturday School of Three Rivers", "Grundschule am Bach", "Volkshochschule Nord"),
    "religious": ("St. Alder's Parish", "Kirchengemeinde Nord", "Приход святого Ольха"),
    "": (
        "Readers' Union", "Friends of the Alder Foundation", "Students of the University of Oslo",
        "University of Millbrook Students' Union", "Association of Universities",
        "Red Cross Aldermouth",
        "University Library Aldermouth", "Church Street Residents", "Millbrook Anglers", "",
        "Freundeskreis der Universität", "+", "Choir of St. Alder's Church",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in SAID for name in SAID[kind]])
def test_a_name_says_its_kind(kind, name):
    assert kind_of(name) == kind


def test_each_kind_but_the_ones_of_no_word_is_said_by_some_name():
    wordless = {Organization.Kind.ASSOCIATION, Organization.Kind.OTHER}
    assert set(SAID) - {""} == set(Organization.Kind.values) - wordless
