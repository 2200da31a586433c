"""Free pages go public, come back, and move; whoever has an old link still arrives."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from casa.appearance import reading as looks
from casa.pages import menus
from casa.pages.models import FormerAddress, FreePage, FreePageText, PublicPageText


class UnseenError(Exception):
    """The words are others than those that were looked at."""


class NoWordsError(Exception):
    """A page without words has nothing to show."""


@transaction.atomic
def publish(page: FreePage, *, seen: str = "") -> bool:
    """Show visitors the words as they are now; False if they read them already.

    Raises NoWordsError, and UnseenError if they are no longer those with the mark `seen`.
    """
    locked = FreePage.objects.select_for_update().get(pk=page.pk)
    texts = list(locked.texts.all())
    if not texts:
        raise NoWordsError
    if seen and seen != mark_of(locked):
        raise UnseenError
    if locked.is_public and not is_changed(locked):
        return False
    locked.public_texts.all().delete()
    for text in texts:
        locked.public_texts.create(language=text.language, title=text.title, body=text.body)
    locked.is_public = True
    locked.published_at = locked.published_at or timezone.now()
    locked.save()
    note_change()
    return True


@transaction.atomic
def take_back(page: FreePage) -> bool:
    """Take the page off the site; whoever has its link reads that it is gone. False if it is."""
    locked = FreePage.objects.select_for_update().get(pk=page.pk)
    if not locked.is_public:
        return False
    locked.public_texts.all().delete()
    locked.is_public = False
    locked.save()
    note_change()
    return True


def moved(page: FreePage, before: str) -> None:
    """Lead the address that a page had to where it is now; call it in the same transaction.

    An address leads to a page, not to another address, so there are no chains and no loops.
    """
    FormerAddress.objects.filter(slug=page.slug).delete()
    if page.is_public:
        note_change()  # menus hold its address
    if page.was_public and before and before != page.slug:
        FormerAddress.objects.get_or_create(slug=before, defaults={"page": page})


def mark_of(page: FreePage) -> str:
    """A short mark of the draft's words."""
    return sha256(repr(sorted(_words(page.texts.all()))).encode()).hexdigest()[:16]


def is_changed(page: FreePage) -> bool:
    """Whether the draft says something else than visitors read."""
    return _words(page.texts.all()) != _words(page.public_texts.all())


def _words(texts: Iterable[FreePageText | PublicPageText]) -> set[tuple[str, ...]]:
    return {(text.language, text.title, text.body) for text in texts}


def note_change() -> None:
    """Have every process make its menus anew."""
    looks.mark.move_on_commit()
    menus.forget()
