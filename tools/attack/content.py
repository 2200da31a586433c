"""What the attacked site holds, and what of it no stranger may ever see."""

SECRET = "zanzibarium"  # noqa: S105
"""Stands in all that is not public, and nowhere else."""

PASSWORD = "a-long-password-1"  # noqa: S105
STATEMENT = "keep-every-branch-library-open-on-saturdays"
PETITION = "clean-the-alder-below-the-old-mill"

PREPARE = f"""
from datetime import timedelta
from django.contrib.auth.models import Group
from django.utils import timezone
from casa.accounts.models import User
from casa.tests.site import furnish
from signatories.moderation import decisions
from signatories.self_service import privacy
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Edition, Statement, Update
from statements.testing import make_draft, make_edition

statement = furnish()
staff, colleague = (
    User.objects.create_user(f"{{name}}@example.org", "{PASSWORD}", name=name, is_staff=True)
    for name in ("edda", "mo")
)
staff.groups.add(Group.objects.get(name="Editor"))
colleague.groups.add(Group.objects.get(name="Moderator"))
words = dict(title="{SECRET} title", summary="{SECRET}", body="<p>{SECRET}</p>", ask="{SECRET}")
make_draft(**words)
later = timezone.now() + timedelta(days=1)
embargoed = make_edition(publish_at=later, **words).statement
withdrawn = make_edition(**words).statement
lifecycle.withdraw(withdrawn, by=None, note="{SECRET}")
Update.objects.create(statement=statement, title="{SECRET}", body="<p>x</p>", posted_at=later)
statement.texts.filter(language="en").update(summary="{SECRET}")
edition = Edition.objects.filter(statement=statement, language="en").latest("number")
for state in ("pending", "hidden", "invalidated", "withdrawn"):
    make_signature(edition, "{SECRET} " + state, state=state, role="{SECRET}", city="{SECRET}")
make_signature(edition, "{SECRET} unapproved", approved=False)
make_signature(edition, "{SECRET} withheld", name_withheld=True)
make_signature(edition, "Nora Lind", email="{SECRET}@example.org")
privacy.erase(make_signature(edition, "{SECRET} erased"))
rejected = make_organization("{SECRET} Front")
make_signature(edition, organization=rejected)
decisions.reject(rejected, by=staff, reason="None of the kind.")
"""
