from collections.abc import Callable
from datetime import timedelta

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.core.signals import request_finished
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CasaAdminConfig(AdminConfig):
    default_site = "casa.office.admin_site.CasaAdminSite"


class CasaConfig(AppConfig):
    name = "casa"
    verbose_name = _("Site")

    def ready(self) -> None:
        from casa import checks  # noqa: F401, PLC0415 - models are ready
        from casa.accounts.admin import ROLE_SENTENCES  # noqa: PLC0415
        from casa.lib import tasks  # noqa: PLC0415
        from casa.mail import kinds  # noqa: PLC0415
        from casa.office import admin_site, passwords, roles  # noqa: PLC0415

        autodiscover_modules("personal_data")
        _register_rules()
        admin_site.hide_engine_rooms()
        kinds.register(
            passwords.KIND,
            passwords.build,
            label=_("New password"),
            sample=passwords.sample,
            when=_("When a member of staff asks for a new password."),
            is_first=False,
        )
        _register_staff_mails()
        _renew_kept_pages()
        _follow_work()
        _count_steps()
        ROLE_SENTENCES.update({role.name: role.sentence for role in roles.ROLES})
        post_migrate.connect(
            tasks.set_up_schedules, sender=apps.get_app_config("django_q"), dispatch_uid="schedules"
        )
        # This runs after the receiver that makes permissions, which Django's auth connected before.
        post_migrate.connect(roles.make_groups, dispatch_uid="roles")


def _register_rules() -> None:
    """What ends the time for which logs of installed packages are kept."""
    from django.contrib.admin.models import LogEntry  # noqa: PLC0415 - models are ready only now
    from django_q.models import Task  # noqa: PLC0415

    from casa.lib import tasks  # noqa: PLC0415
    from casa.lib.periods import Term, cutoff  # noqa: PLC0415
    from casa.retention.rules import Due, Rule, register_all  # noqa: PLC0415

    rules = (
        Rule(
            name="forget-failed-tasks", words=_("error messages of failed tasks"),
            holds={Task: "*"}, due=lambda at: [Due(tasks.old_failures(at))],
        ),
        Rule(
            name="forget-log-of-edits", words=_("what staff edited"), holds={LogEntry: "*"},
            term=Term.LOG,
            due=lambda at: [Due(LogEntry.objects.filter(action_time__lt=cutoff(Term.LOG, at)))],
        ),
    )  # fmt: skip
    register_all(rules, every=timedelta(days=1))


def _register_staff_mails() -> None:
    from casa.lib import tasks  # noqa: PLC0415 - models are ready only now
    from casa.office.staff_mails import alarms, bursts, names, reviews, week  # noqa: PLC0415
    from casa.operations.alarms import changed  # noqa: PLC0415
    from signatories.models import Burst  # noqa: PLC0415
    from statements.models import StatementEvent  # noqa: PLC0415

    for module in (reviews, names, bursts, week, alarms):
        module.register_kinds()
    changed.connect(alarms.tell, dispatch_uid="mails-about-alarms")
    post_save.connect(reviews.tell, sender=StatementEvent, dispatch_uid="staff-mails")
    post_save.connect(bursts.tell, sender=Burst, dispatch_uid="mails-about-bursts")
    tasks.register(names.TASK, names.tell_moderators, every=timedelta(minutes=10))
    tasks.register(week.TASK, week.queue_week, every=timedelta(hours=1))


def _follow_work() -> None:
    """What is logged belongs to a request or a task, and outages end."""
    from django_q import signals as of_engine  # noqa: PLC0415 - models are ready only now

    from casa.lib import outages, request_ids  # noqa: PLC0415

    of_engine.pre_execute.connect(request_ids.begin_task, dispatch_uid="request-ids")
    # In the process of the engine that logs what became of it.
    of_engine.post_execute.connect(request_ids.begin_task, dispatch_uid="request-ids")
    request_finished.connect(request_ids.end, dispatch_uid="request-ids")
    connection_created.connect(outages.database_connected, dispatch_uid="outages")


def _count_steps() -> None:
    """What signers do is counted, and monitors may ask for it."""
    from signatories import signals  # noqa: PLC0415 - models are ready only now
    from signatories.core import funnel  # noqa: PLC0415

    def count(step: funnel.Step) -> Callable[..., None]:
        return lambda signature, **kwargs: funnel.note_signature(step, signature)

    for signal, step in (
        (signals.signed, funnel.Step.POSTED),
        (signals.confirmed, funnel.Step.CONFIRMED),
    ):
        signal.connect(count(step), weak=False, dispatch_uid="funnel")
    if settings.METRICS_TOKEN:
        funnel.on_count.append(_tell_metrics)


def _tell_metrics(step: str) -> None:
    from casa.operations.metrics import counters  # noqa: PLC0415 - opens its files

    counters.count_step(step)


def _renew_kept_pages() -> None:
    """What is shown of a statement or an organization is changed, or taken away.

    Signatures are not here: `states` says which changes of them are more than an addition.
    """
    from casa.lib.kept_pages import generation  # noqa: PLC0415 - models are ready only now
    from signatories import models as of_signatories  # noqa: PLC0415

    watched: dict[type[Model], Callable[..., None]] = dict.fromkeys(
        [
            *apps.get_app_config("statements").get_models(),
            *apps.get_app_config("pages").get_models(),
            apps.get_model("appearance", "PublishedAppearance"),
            apps.get_model("retention", "Period"),
        ],
        generation.on_save,
    )
    watched |= dict.fromkeys(
        [
            of_signatories.Organization, of_signatories.OrganizationAlias, of_signatories.Logo,
            of_signatories.PaperCount,
        ],
        generation.on_change,
    )  # fmt: skip
    for model, on_save in watched.items():
        name = f"kept-pages-{model._meta.label}"
        post_save.connect(on_save, sender=model, dispatch_uid=name)
        post_delete.connect(generation.on_delete, sender=model, dispatch_uid=name)
