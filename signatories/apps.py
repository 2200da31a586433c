from datetime import timedelta
from functools import partial

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = _("Signatories")

    def ready(self) -> None:
        # Models are ready only now.
        from casa.lib.media import uploads  # noqa: PLC0415
        from casa.mail import stops  # noqa: PLC0415
        from signatories.core import (  # noqa: PLC0415
            invited,
            paper,
            standing,
            states,
            tally,
            unread_editions,
        )
        from signatories.mailings import correction_notices  # noqa: PLC0415
        from signatories.organizations import alphabetical  # noqa: PLC0415
        from signatories.public import statement_page  # noqa: PLC0415
        from signatories.signing import invitations  # noqa: PLC0415
        from signatories.signing.antispam import honeypot, rate_limits  # noqa: PLC0415
        from statements import previews, tallies, unread  # noqa: PLC0415
        from statements.models import Edition  # noqa: PLC0415
        from statements.public import kept_page  # noqa: PLC0415

        _register_mails()
        _register_tasks()
        _register_forgetting()
        _register_tasks_of_rounds()
        stops.name_subject.append(invited.subject)
        stops.on_stop.append(invited.note_stop)
        tallies.counts.append(tally.earlier_of)
        tallies.collected.append(tally.collected_of)
        tallies.paper.append(paper.paper_of)
        kept_page.standing.append(statement_page.standing_of)
        kept_page.each_time[honeypot.OPENED_FIELD] = honeypot.opened_now
        post_save.connect(correction_notices.wake, sender=Edition, dispatch_uid="corrections")
        pre_migrate.connect(standing.drop_triggers, sender=self, dispatch_uid="standing")
        post_migrate.connect(standing.make_triggers, sender=self, dispatch_uid="standing")
        post_migrate.connect(alphabetical.fill, sender=self, dispatch_uid="alphabetical")
        previews.is_over.append(invitations.is_over)
        unread.on_discard.append(unread_editions.detach_signatures)
        states.on_confirmed.append(correction_notices.notify_if_missed)
        uploads.allows.append(partial(rate_limits.allow, name="staff_picture"))


def _register_mails() -> None:
    from signatories.mailings import (  # noqa: PLC0415
        addressee_mails,
        correction_mails,
        follower_mails,
        owner_ask_mails,
        reminder_mails,
        update_mails,
        verification_request_mails,
    )
    from signatories.organizations import mails as organization_mails  # noqa: PLC0415
    from signatories.rounds import mails as round_mails  # noqa: PLC0415
    from signatories.self_service import mails as own_mails  # noqa: PLC0415
    from signatories.signing import mails as signing_mails  # noqa: PLC0415

    for module in (
        signing_mails,
        reminder_mails,
        own_mails,
        correction_mails,
        organization_mails,
        update_mails,
        follower_mails,
        verification_request_mails,
        round_mails,
        owner_ask_mails,
        addressee_mails,
    ):
        module.register_kinds()


def _register_tasks() -> None:
    from casa.lib import tasks  # noqa: PLC0415
    from signatories.audit import sealing  # noqa: PLC0415
    from signatories.core import milestones  # noqa: PLC0415
    from signatories.leads import batches  # noqa: PLC0415
    from signatories.leads import worker as import_worker  # noqa: PLC0415
    from signatories.mailings import (  # noqa: PLC0415
        addressees,
        correction_notices,
        followers,
        owner_asks,
        reminders,
        updates,
        verification_requests,
    )
    from signatories.moderation import bursts  # noqa: PLC0415
    from signatories.moderation import worker as decision_worker  # noqa: PLC0415
    from signatories.organizations import bulk_logos, duplicates  # noqa: PLC0415
    from signatories.packets import worker as packet_worker  # noqa: PLC0415

    minute = timedelta(minutes=1)
    tasks.register(correction_notices.TASK, correction_notices.notify_signers, every=minute)
    tasks.register("tell-followers", followers.notify_followers, every=minute)
    tasks.register("remind-signers", reminders.queue_reminders, every=10 * minute)
    tasks.register(verification_requests.TASK, verification_requests.queue_requests, every=minute)
    tasks.register(owner_asks.TASK, owner_asks.ask, every=minute)
    tasks.register(addressees.TASK, addressees.tell, every=minute)
    tasks.register(updates.TASK, updates.send_updates, every=minute)
    tasks.register(batches.TASK, import_worker.go_on, every=minute)
    tasks.register("mark-milestones", milestones.update_milestones, every=minute)
    tasks.register(decision_worker.TASK, decision_worker.carry_out, every=minute)
    tasks.register(packet_worker.TASK, packet_worker.go_on, every=minute)
    tasks.register(bulk_logos.TASK, bulk_logos.read_uploads, every=minute)
    tasks.register(duplicates.TASK, duplicates.compare, every=minute)
    tasks.register(bursts.TASK, bursts.notice, every=5 * minute)
    tasks.register(sealing.TASK, sealing.gather_and_seal, every=10 * minute)


def _register_forgetting() -> None:
    """What is kept for a time, and forgotten then."""
    from casa.lib import tasks  # noqa: PLC0415
    from casa.retention.rules import register_all  # noqa: PLC0415
    from signatories import retention_rules  # noqa: PLC0415
    from signatories.self_service import contact_ends  # noqa: PLC0415

    register_all(retention_rules.HOURLY, every=timedelta(hours=1))
    register_all(retention_rules.DAILY, every=timedelta(days=1))
    tasks.register(contact_ends.TASK, contact_ends.announce, every=timedelta(hours=1))


def _register_tasks_of_rounds() -> None:
    from casa.lib import tasks  # noqa: PLC0415
    from signatories.rounds import sending  # noqa: PLC0415

    minute = timedelta(minutes=1)
    tasks.register(sending.TASK, sending.send_due, every=minute)
    tasks.register(sending.REMIND_TASK, sending.remind_by_the_clock, every=10 * minute)
