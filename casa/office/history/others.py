"""All that happened to an organization, a signature, or anything else that keeps its history."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _

from casa.appearance.models import Appearance, AppearanceLink, AppearanceText
from casa.lib.addresses.in_texts import without_addresses
from casa.office.history.edits import edits
from casa.office.history.entries import Entry, in_time_order, name_of
from casa.pages.models import FreePage, FreePageText, SitePage, SitePageText
from signatories.models import (
    InvitationEvent,
    InvitationRound,
    InvitationWords,
    Organization,
    OrganizationAlias,
    Signature,
    UpdateMailing,
    UpdateWords,
)


def of_organization(organization: Organization) -> list[Entry]:
    nobody = _("whoever signed for it, or the command line")
    return in_time_order(
        edits(Organization, nobody=nobody, id=organization.pk),
        edits(OrganizationAlias, nobody=nobody, organization_id=organization.pk),
        _decisions(organization),
    )


def _decisions(organization: Organization) -> Iterator[Entry]:
    for event in organization.events.select_related("by"):
        what = f"{event.get_from_verification_display()} → {event.get_to_verification_display()}"
        yield Entry(event.at, name_of(event.by), what, note=event.reason)


def of_signature(signature: Signature) -> list[Entry]:
    """Its rows are not copied at each save, there are millions of them: staff's corrections are
    steps too, which say what stood there before."""
    return in_time_order(_events(signature))


def _events(signature: Signature) -> Iterator[Entry]:
    for event in signature.events.select_related("by"):
        what = event.get_to_state_display()
        if event.from_state == event.to_state:
            what = _("Still “%(state)s”") % {"state": what}
        elif event.from_state:
            what = f"{event.get_from_state_display()} → {what}"
        who = name_of(event.by, _("the signer, or the command line"))
        yield Entry(event.at, who, str(what), note=without_addresses(event.reason))


def of_site_page(page: SitePage) -> list[Entry]:
    return in_time_order(edits(SitePageText, page_id=page.pk))


def of_appearance(row: Appearance) -> list[Entry]:
    """Of the draft; what was public when stands on its own screen."""
    return in_time_order(
        edits(Appearance, id=row.pk),
        edits(AppearanceText, appearance_id=row.pk),
        edits(AppearanceLink, appearance_id=row.pk),
    )


def of_free_page(page: FreePage) -> list[Entry]:
    return in_time_order(edits(FreePage, id=page.pk), edits(FreePageText, page_id=page.pk))


def of_mailing(mailing: UpdateMailing) -> list[Entry]:
    return in_time_order(
        edits(UpdateMailing, id=mailing.pk), edits(UpdateWords, mailing_id=mailing.pk)
    )


def of_round(asking: InvitationRound) -> list[Entry]:
    """What was set, and who on the list was asked and answered when."""
    return in_time_order(
        edits(InvitationRound, id=asking.pk),
        edits(InvitationWords, round_id=asking.pk),
        _steps(asking),
    )


def _steps(asking: InvitationRound) -> Iterator[Entry]:
    steps = InvitationEvent.objects.filter(invitation__round=asking)
    for step in steps.select_related("by", "invitation"):
        what = f"{step.invitation.displayed_name}: {step.get_what_display()}"
        yield Entry(step.at, name_of(step.by, _("who is asked, or the site")), what)


def of_any(row: models.Model) -> list[Entry]:
    return in_time_order(edits(type(row), id=row.pk))
