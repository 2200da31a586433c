"""The pages about the coalition hold what it writes of itself."""

from casa.lib.personal_data import declare, impersonal
from casa.pages.models import SitePage, SitePageText

declare(SitePage, impersonal("id key", "which page"))
declare(
    SitePageText,
    impersonal("title body", "what the coalition says of itself"),
    impersonal("id page_id language changed_at", "where it stands"),
)
