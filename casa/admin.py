"""The screens of the back office that belong to no app of their own; Django looks for them here."""

from casa.office.appearance import screens  # noqa: F401
