"""Pages are compared with accepted pictures of them, which a command replaces."""

import pytest
from PIL import Image, ImageDraw

from tools.look import comparison, report, thumbnails
from tools.look.comparison import Change


def page(*, block=(40, 80, 200, 120), height=400, ground=250):
    """The thumbnail of a page with a block on it."""
    picture = Image.new("RGB", (360, height), (ground, ground, ground))
    ImageDraw.Draw(picture).rectangle(block, fill=(31, 95, 139))
    return picture.convert("L").reduce(thumbnails.CELL)


@pytest.fixture
def accepted(tmp_path):
    return tmp_path / "accepted"


@pytest.fixture
def waiting(tmp_path):
    return tmp_path / "waiting"


def keep(folder, case, name, pictures):
    thumbnails.save(pictures, comparison.file_of(folder, case, name))


def compared(accepted, waiting, seen, **more):
    return list(comparison.compare("one", seen, accepted, waiting, **more))


def test_a_page_that_looks_as_before_is_no_change(accepted, waiting):
    both = {"360-light": page(), "360-dark": page(ground=20), "a4-print": page(height=500)}
    keep(accepted, "one", "front", both)
    assert compared(accepted, waiting, {"front": both}) == []
    assert not waiting.exists()


@pytest.mark.slow
def test_a_little_noise_is_tolerated(accepted, waiting):
    """Its bound includes what storing takes, which no grey may exceed on either side."""
    noise = thumbnails.TOLERANCE - thumbnails.STEP // 2
    for ground in range(noise, 256 - noise, 5):
        keep(accepted, "one", "front", {"360-light": page(ground=ground)})
        for other in (ground - noise, ground + noise):
            assert compared(accepted, waiting, {"front": {"360-light": page(ground=other)}}) == []


def test_a_block_that_moved_by_half_a_cell_is_found(accepted, waiting):
    keep(accepted, "one", "front", {"360-light": page()})
    moved = {"360-light": page(block=(44, 80, 204, 120))}
    [change] = compared(accepted, waiting, {"front": moved})
    assert change[:4] == ("one", "front", "changed", "360-light")
    assert change.cells == 10  # two edges, each of five cells


def test_a_page_that_became_longer_is_found(accepted, waiting):
    keep(accepted, "one", "front", {"360-light": page(ground=255)})
    longer = {"360-light": page(ground=255, height=401)}
    assert [one.kind for one in compared(accepted, waiting, {"front": longer})] == ["changed"]


def test_only_the_look_that_changed_is_named(accepted, waiting):
    keep(accepted, "one", "front", {"360-light": page(), "360-dark": page(ground=20)})
    now = {"360-light": page(), "360-dark": page(ground=60)}
    assert [one.at for one in compared(accepted, waiting, {"front": now})] == ["360-dark"]


def test_new_pages_and_looks_are_found_and_looks_that_are_gone(accepted, waiting):
    keep(accepted, "one", "front", {"360-light": page(), "360-dark": page()})
    seen = {"front": {"360-light": page(), "a4-print": page()}, "about": {"360-light": page()}}
    assert compared(accepted, waiting, seen) == [
        Change("one", "front", "new", "a4-print"),
        Change("one", "front", "gone", "360-dark"),
        Change("one", "about", "new", "360-light"),
    ]


def test_looks_that_were_not_taken_are_not_gone(accepted, waiting):
    keep(accepted, "one", "front", {"360-light": page(), "1280-light": page()})
    moved = {"360-light": page(block=(80, 80, 240, 120))}
    changes = compared(accepted, waiting, {"front": moved}, in_part=True)
    assert [(one.kind, one.at) for one in changes] == [("changed", "360-light")]
    kept = thumbnails.load(comparison.file_of(waiting, "one", "front"))
    assert sorted(kept) == ["1280-light", "360-light"]


def test_pages_and_cases_that_are_gone_are_found(accepted):
    for case, name in (("one", "front"), ("one", "old"), ("older", "front")):
        keep(accepted, case, name, {"360-light": page()})
    assert list(comparison.gone(accepted, "one", ["front"])) == [Change("one", "old", "gone")]
    assert list(comparison.gone_cases(accepted, ["one"])) == [Change("older", "front", "gone")]


def look(accepted, waiting, seen, pages):
    """What `make look` does when the pages have been seen."""
    changes = [
        *comparison.compare("one", seen, accepted, waiting),
        *comparison.gone(accepted, "one", pages),
    ]
    comparison.keep_waiting(changes, "156.0", waiting)
    return changes


def test_what_was_accepted_is_no_change_any_more(accepted, waiting):
    keep(accepted, "one", "front", {"360-light": page()})
    keep(accepted, "one", "old", {"360-light": page()})
    moved = {"360-light": page(block=(80, 80, 240, 120))}
    seen = {"front": moved, "about": {"1280-light": page()}}
    assert len(look(accepted, waiting, seen, list(seen))) == 3
    taken = comparison.accept(waiting, accepted, [], [])
    assert [str(one) for one in taken] == ["one/about.webp", "one/front.webp", "one/old.webp"]
    assert look(accepted, waiting, seen, list(seen)) == []
    assert (accepted / comparison.BROWSER).read_text() == "156.0\n"


def test_some_pages_can_be_accepted_alone(accepted, waiting):
    seen = {name: {"360-light": page()} for name in ("front", "statement", "statement-old")}
    look(accepted, waiting, seen, list(seen))
    assert comparison.accept(waiting, accepted, ["other"], []) == []
    assert len(comparison.accept(waiting, accepted, ["one"], ["statement"])) == 2
    assert [one.page for one in compared(accepted, waiting, seen)] == ["front"]
    assert not (accepted / comparison.BROWSER).exists()


def test_pictures_are_kept_with_their_names_and_sizes(tmp_path):
    pictures = {"360-light": page(), "360-dark": page(height=97), "1280-light": page(ground=3)}
    thumbnails.save(pictures, tmp_path / "front.webp")
    kept = thumbnails.load(tmp_path / "front.webp")
    assert {at: one.size for at, one in kept.items()} == {
        at: one.size for at, one in pictures.items()
    }


def test_the_report_names_each_page_once_and_the_command():
    changes = [
        Change("one", "front", "changed", "360-light", 4),
        Change("one", "front", "changed", "360-dark", 5),
        Change("one", "about", "gone"),
    ]
    [first, second] = report.table(changes).splitlines()
    assert "front" in first and "360-light,360-dark" in first and "9 cells" in first
    assert "about" in second and "the whole page" in second
    told = report.summary(changes, "156.0")
    assert "1 changed, 1 gone" in told and "make look-accept" in told
    assert "make look-accept" not in report.summary([], "156.0")


def test_a_sheet_shows_accepted_and_now_and_the_difference(tmp_path):
    picture = Image.new("RGB", (360, 800), (250, 250, 250))
    ImageDraw.Draw(picture).rectangle((40, 400, 200, 440), fill=(31, 95, 139))
    picture.save(tmp_path / "front-360-light.png")
    shown = report.side_by_side(page(height=800), tmp_path / "front-360-light.png")
    third = shown.width // 3
    before, now, difference = (
        shown.crop((left, 0, left + third, shown.height)) for left in (0, third, 2 * third)
    )
    assert before.tobytes() != now.tobytes()
    assert [report.RED in colours(one) for one in (before, now, difference)] == [False, False, True]


def colours(picture):
    return {colour for _count, colour in picture.getcolors(1 << 20)}
