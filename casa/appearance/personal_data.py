"""How the site looks holds what the coalition writes of itself."""

from django.utils.translation import gettext_lazy as _

from casa.appearance.models import (
    Appearance,
    AppearanceLink,
    AppearancePicture,
    AppearanceText,
    PublishedAppearance,
)
from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal

LOG_OF_STAFF = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
OF_ITSELF = "what the coalition says of itself"

declare(
    Appearance,
    impersonal(
        "id accent second typefaces header shows_name logo dark_logo icon", "how pages look"
    ),
    impersonal("changed_at", "when it was changed"),
)
declare(
    AppearanceText,
    impersonal("name tagline postal_address logo_words fediverse_account home_title", OF_ITSELF),
    impersonal("home_words", OF_ITSELF),
    personal("contact_email", _("where visitors write to"), LOG_OF_STAFF),
    impersonal("id appearance_id language", "where it stands"),
)
declare(
    AppearanceLink,
    impersonal("label address", OF_ITSELF),
    impersonal("id appearance_id language place position", "where it stands"),
)
declare(AppearancePicture, impersonal("id key file content_type width height", "a logo"))
declare(
    PublishedAppearance,
    impersonal("id content at restored_id", OF_ITSELF),
    personal("by_id", _("who of the office made it public"), LOG_OF_STAFF),
)
