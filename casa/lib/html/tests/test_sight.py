"""Words that nobody sees do not arrive, in whichever way they are hidden; others do."""

import pytest

from casa.lib.html.left_out import Kind
from casa.lib.html.sanitizer import pasted

WORD = '<html xmlns:w="urn:schemas-microsoft-com:office:word">'


def kinds(html):
    found = pasted(f"<p class=x>Before.</p>{html}<p>After.</p>")
    assert found.html.startswith("<p>Before.</p>")
    assert found.html.endswith("<p>After.</p>")
    return {one.kind for one in found.left_out}, "words" in found.html


@pytest.mark.parametrize(
    "style",
    [
        "DISPLAY:/**/none", r"d\69splay:none", "display:no\\6e e",
        "display:none!important;display:block",
        "mso-hide:all", "MSO-HIDE:ALL", "visibility:hidden", "visibility:collapse",
        "content-visibility:hidden", "opacity:0", "opacity:0.0", "opacity:0%", "filter:opacity(0)",
        "font-size:0", "font-size:0.0em", "font-size:0%", "font:0/0 a", "font-size:1px",
        "font-size:.5pt", "max-height:0;overflow:hidden", "height:0px;overflow:hidden",
        "width:0;overflow-x:clip", "text-indent:-9999px", "text-indent:-99999em",
        "position:absolute;left:-9999px", "position:fixed;top:-1000px",
        "position:absolute;clip:rect(0,0,0,0)", "position:absolute;clip:rect(1px, 1px, 1px, 1px)",
        "clip-path:inset(50%)", "clip-path:inset( 100% )", "clip-path:circle(0)",
        "transform:scale(0)", "transform:scaleX(0.0)", "transform:translateX(-9999px)", "scale:0",
        "margin-left:-9999px", "position:absolute;right:9999px", "position:absolute;inset:-9999px",
        "font-size:calc(0px)", "clip-path:inset(0 0 100% 0)",
        "height:1px;width:1px;overflow:hidden;position:absolute", "color:transparent",
        "color:rgba(0,0,0,0)", "color:rgb(0 0 0 / 0)",
        "color:#fff;background:white", "color:#FFFFFF;background-color:rgb(255,255,255)",
        "color:#fefefe;background:#ffffff none repeat", "color:#0000007f;background-color:#000",
    ],
)  # fmt: skip
def test_hidden(style):
    assert kinds(f'<p style="{style}">words</p>') == ({Kind.HIDDEN}, False)


@pytest.mark.parametrize(
    "style",
    [
        "display:none;display:block", "display:inline", "mso-hide:none", "visibility:visible",
        "opacity:0.5", "opacity:1", "opacity:0;transition:opacity 1s", "font-size:0.9em",
        "font-size:8px", "font-size:small", "font:7.0pt 'Times New Roman'", "max-height:0",
        "max-height:100px;overflow:hidden", "height:0;overflow:visible", "text-indent:-18.0pt",
        "text-indent:-120pt", "left:-9999px", "clip:rect(0,0,0,0)", "transform:scale(1)",
        "color:white", "color:white;background:#000", "color:white;background:url(dark.png)",
        "color:#eee;background:#fff", "color:inherit;background:#fff", "color:transparent;"
        "background:linear-gradient(red,blue);-webkit-background-clip:text",
        "position:absolute;top:1200px;left:1200px", "margin-left:-36pt", "clip-path:url(#x)",
        "transform:translateX(-50%)", "transform:scale(0.9)", "line-height:0;overflow:hidden",
        "font-family:'display:none'", "background:url('x;display:none')", "--display:none",
    ],
)  # fmt: skip
def test_seen(style):
    assert kinds(f'<p style="{style}">words</p>') == (set(), True)


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>words</p>", "<p hidden=until-found>words</p>", "<dialog>words</dialog>",
        "<style>.a.b{display:none}</style><p class='b c a'>words</p>",
        "<style>p{display:none!important}</style><div><p style='display:block'>words</p></div>"
        "<style>p.x,div~p{display:block!important}</style>",
        f"<style>{'@list l0:level1{mso-level-text:x;}' * 6000}.a{{display:none}}</style>"
        "<div class=a>words</div>",
        f"<style>{','.join(f'.c{n}' for n in range(60))}{{display:none}}</style><p class=c59>words",
        f"<style>.z{{display:none}}</style><p class='{' x' * 40} z'>words",
        "<style>.w .a{display:none}</style><div class=w><p><i class=a>words</i></p></div>",
        "<style>div.w > p{display:none}</style><div class=w><p>words</p></div>",
        "<style>table p#x.y{visibility:hidden}</style><table><tr><td><p id=x class=y>words</table>",
        "<style>@layer x{.a{display:none}}</style><p class=a>words</p>",
        "<style>@media screen{@supports (gap:0){.a{display:none}}}</style><p class=a>words</p>",
        "<style><![CDATA[.a{display:none}]]></style><p class=a>words</p>",
        "<p class=sr-only>words</p>",
        "<td bgcolor=#000080><font color=#000080>words</font></td>",
    ],
)  # fmt: skip
def test_hidden_by_other_means(html):
    found = pasted(f"<p class=x>Before.</p>{html}")
    assert "words" not in found.html
    assert {one.kind for one in found.left_out} == {Kind.HIDDEN}


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden style='display:block'>words</p>", "<dialog open>words</dialog>",
        "<p aria-hidden=true>words</p>", "<details><summary>More</summary>words</details>",
        "<table><tr><td bgcolor=black><font color=white>words</font></td></tr></table>",
        "<p style='color:white;background:white'>x <span style='color:black'>words</span></p>",
        "<p style='color:white;background:white'>x <a href='https://example.org'>words</a></p>",
        "<div style='font-size:0'><p style='font-size:12pt'>words</p></div>",
        "<style>@media print{.a{display:none}}</style><p class=a>words</p>",
        "<style>@media screen and (width:1px){.a{display:none}} .b{}</style><p class=a>words</p>",
        "<style>.w .a{display:none}</style><p class=w></p><p class=a>words</p>",
        "<style>div.w > i{display:none}</style><div class=w><p><i>words</i></p></div>",
        "<style>.a{color:red;.b{display:none}}</style><p class=b>words</p>",
        "<style>.a:hover, .a[x], .a::before, .b + .a{display:none}</style><p class=a>words</p>",
    ],
)  # fmt: skip
def test_seen_by_other_means(html):
    assert "words" in pasted(f"<br class=x>{html}").html


def test_white_words_are_hidden_where_the_paper_is_known():
    words = "<p>Seen <span style='color:white'>words</span></p>"
    assert "words" not in pasted(f"{WORD}{words}").html
    shaded = f"<table><tr><td style='background:#1F3864'>{words}</td></tr></table>"
    assert "words" in pasted(f"{WORD}{shaded}").html
    assert "words" in pasted(f"<br class=x>{words}").html


@pytest.mark.parametrize(
    "style",
    [
        "-webkit-text-decorations-in-effect: line-through", r"text-decor\61tion:line-through",
        "text-decoration:underline/**/line-through", "text-line-through:double",
    ],
)  # fmt: skip
def test_struck(style):
    assert kinds(f'<p style="{style}">words</p>') == ({Kind.STRUCK}, False)


def test_signs_that_no_rule_takes_for_another():
    assert kinds('<p style="text-decoration-color:line-through">words</p>') == (set(), True)
