"""The directory of organizations, with logos of all shapes."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from casa.demo.content import GIVEN
from signatories.models import Organization, OrganizationAlias
from signatories.moderation import decisions
from signatories.organizations import logos
from statements.testing import make_edition, make_user
from tools.look import pages, texts
from tools.look.cases.parts import organizations
from tools.look.pages import Page

LOGOS: tuple[tuple[str, tuple[int, int], Any, Any], ...] = (
    # what is special, its size, its ground, its ink
    ("wide", (1200, 120), "white", (31, 95, 139)),
    ("tall", (160, 900), "white", (20, 110, 96)),
    ("tiny", (24, 24), "white", (150, 62, 40)),
    ("dark on nothing", (600, 300), (0, 0, 0, 0), (10, 10, 10, 255)),
    ("white on nothing", (600, 300), (0, 0, 0, 0), (255, 255, 255, 255)),
    ("square", (500, 500), (240, 236, 220), (60, 60, 120)),
)


def give_logo(one: Organization, number: int) -> None:
    _name, (width, height), ground, ink = LOGOS[number % len(LOGOS)]
    image = Image.new("RGBA" if len(ink) == 4 else "RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    edge = max(2, min(width, height) // 8)
    draw.ellipse((edge, edge, width - edge, height - edge), outline=ink, width=edge)
    draw.line((0, height, width, 0), fill=ink, width=edge)
    file = io.BytesIO()
    image.save(file, "PNG")
    sizes = logos.read(SimpleUploadedFile("logo.png", file.getvalue(), "image/png"))
    logos.store(one, sizes, approved=True)


def directory() -> list[Page]:
    """300 organizations, half of them with logos of all shapes."""
    edition = make_edition(place="Aldermouth", summary=texts.SUMMARY)
    names = [f"{GIVEN[at % 25]} {texts.SOCIETIES[at % 7]} {at}" for at in range(300)]
    made = organizations(edition, names)
    for number, with_logo in enumerate(made[::2]):
        give_logo(with_logo, number)
    OrganizationAlias.objects.create(organization=made[0], name="The Fellowship")
    made[0].website = "https://fellowship.example.org/about-us"
    made[0].save()
    decisions.verify(made[0], by=make_user(), reason="We called them.")
    listed = reverse("signatories:organizations")
    shapes = [
        pages.organization(made[2 * at], f"organization-{LOGOS[at][0].replace(' ', '-')}")
        for at in range(len(LOGOS))
    ]
    wanted = ("front", "organizations", "organizations-nothing")
    return [
        *(page for page in pages.site() if page.name in wanted),
        Page("organizations-filtered", pages.with_query(listed, country="GB", kind="association")),
        *shapes,
        pages.organization(made[1], "organization-without-logo"),
        *(
            page
            for page in pages.statement(edition)
            if page.name in ("statement", "signatories", "print", "share-image")
        ),
    ]
