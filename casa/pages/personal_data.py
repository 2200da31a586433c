"""The pages about the coalition hold what it writes of itself."""

from casa.lib.personal_data import declare, impersonal
from casa.pages.models import (
    FormerAddress,
    FreePage,
    FreePageText,
    PublicPageText,
    SitePage,
    SitePageText,
)

declare(SitePage, impersonal("id key", "which page"))
declare(
    SitePageText,
    impersonal("title body", "what the coalition says of itself"),
    impersonal("id page_id language changed_at", "where it stands"),
)
declare(FreePage, impersonal("id slug place position is_public published_at", "which page"))
for of_words in (FreePageText, PublicPageText):
    declare(
        of_words,
        impersonal("title body", "what the coalition says of itself"),
        impersonal("id page_id language", "where it stands"),
    )
declare(FormerAddress, impersonal("id slug page_id", "which page"))
