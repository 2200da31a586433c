"""The addresses of statements: made of their titles, and each given once."""

from django.db import IntegrityError, transaction

from casa.lib.text import address_slug
from statements.models import SLUG_LENGTH, Statement


def follow_title(statement: Statement) -> None:
    """Let the address of a statement that nobody could link to yet follow its title."""
    if not statement.is_unpublished:
        return
    titles = dict(statement.texts.values_list("language", "title"))
    give(statement, titles.get(statement.language, ""))


def give(statement: Statement, title: str) -> None:
    """Store the statement under an address made of `title`, whoever takes it at the same time."""
    while True:
        slug = free_slug(title, besides=statement)
        if slug == statement.slug:
            return None
        statement.slug = slug
        try:
            with transaction.atomic():
                return statement.save(update_fields=["slug"] if statement.pk else None)
        except IntegrityError:
            continue


def free_slug(title: str, *, besides: Statement) -> str:
    """An address made from `title` that no statement has yet, `besides` excepted."""
    stem = address_slug(title, SLUG_LENGTH - 5) or "statement"
    others = Statement.objects.exclude(pk=besides.pk) if besides.pk else Statement.objects.all()
    taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = (f"{stem}-{number}" if number > 1 else stem for number in range(1, 10_000))
    return next(slug for slug in candidates if slug not in taken)
