"""Style sheets and attributes are read as browsers read them, however they are spelt."""

import pytest

from casa.lib.html.paste.css import declarations, flat, sheet_of


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a/* b */c", "a c"),
        ("a/* never ends", "a "),
        (r"d\69splay:n\6f ne", "display:none"),
        (r"\000064 isplay", "display"),
        (r"a\3b b", "a b"),
        (r"\0 \110000 x", "\ufffd\ufffdx"),
        ("content:'; } /* x'", "content:'    /* x'"),
        (r'content:"\";}"', 'content:""  "'),
        (r"content:'\25cf '", "content:'●'"),
        ("background:url(data:x;y,/*z)", "background:url()"),
        ("background:url('a;b')", "background:url('a b')"),
        ('font:"', 'font:""'),
        ("end\\", "end"),
    ],
)
def test_what_hides_a_sign_is_resolved(css, expected):
    assert flat(css) == expected


@pytest.mark.parametrize(
    ("css", "name", "value"),
    [
        ("DISPLAY :/**/ None", "display", "none"),
        (r"d\69splay:none", "display", "none"),
        ("display:none;display:block", "display", "block"),
        ("--display:none", "display", None),
        ("font-family:'display:none'", "display", None),
        ("background:url('x;display:none')", "display", None),
        ("background:url(x;display:none)", "display", None),
        ("font:italic 0/0 a", "font-size", "0"),
        ("font:bold 12.5px/1.5 'X Y'", "font-size", "12.5px"),
        ("font:bold 12px x", "font-weight", "bold"),
    ],
)
def test_properties(css, name, value):
    assert declarations(css).plain.get(name) == value


def test_what_is_important_is_apart():
    said = declarations("display:none ! important; display:block")
    assert (said.plain, said.important) == ({"display": "block"}, {"display": "none"})


def test_rules_by_their_selectors():
    sheet = sheet_of(
        "@charset 'x'; p.A, .b{display:none} /* } */ @media print{.c{display:none}} .d.e{opacity:0}"
        "<!-- #f{color:blue} --> a > b{opacity:0} b i{color:red} @list L0:level1\n{display:none}"
        ".lst-kix_1-0 > li:before{content:counter(lst-ctn-kix_1-0, decimal) '. '}"
    )
    assert set(sheet.simple) == {"p.a", ".b", "#f", ".lst-kix_1-0"}
    assert {key for key, rules in sheet.others.items() if rules} == {"d", "b"}
    assert "counter" in sheet.simple[".lst-kix_1-0"].plain["items-content"]
