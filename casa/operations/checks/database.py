"""The database: whether it is reached, has room for all processes, and is of this version."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casa.lib.db import pooling, reading
from casa.lib.replica import freshness
from casa.operations import web_server
from casa.operations.findings import Finding, Needs, broken, check, fine, look, missing_migrations

DATABASE = gettext_lazy("Database")
DRIFT = 5.0  # seconds between two clocks
MOST_OF = 0.8


@check(DATABASE, needs=Needs.NOTHING)
def reached() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield broken(
            _("The database cannot be reached (%(error)s).") % {"error": type(error).__name__},
            _("Is it running, and is DATABASE_URL right?"),
        )
        return
    version = ".".join(map(str, connection.get_database_version()))
    name = connection.display_name
    yield fine(_("%(name)s %(version)s answers.") % {"name": name, "version": version})


@check(DATABASE, needs=Needs.DATABASE)
def connections() -> Iterator[Finding]:
    """PostgreSQL refuses whoever comes after the last connection."""
    if connection.vendor != "postgresql":
        return
    if pooling.is_pooled():
        yield from _through_pool(pooling.ask())
        return
    room, used = _room()
    wanted = connections_wanted()
    words = _(
        "%(used)d of %(room)d connections are open; this site’s processes may open %(wanted)d."
    ) % {"used": used, "room": room, "wanted": wanted}
    if wanted > room:
        remedy = _("Lower WEB_PROCESSES or WEB_THREADS, or raise max_connections.")
        yield broken(words, remedy)
    elif used > MOST_OF * room:
        yield look(words, _("Find out who holds them: pg_stat_activity."))
    else:
        yield fine(words)


def _room() -> tuple[int, int]:
    """How many connections there are for all but superusers, and how many are open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int"
            " - current_setting('superuser_reserved_connections')::int,"
            " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
        )
        room, used = cursor.fetchone()
        return room, used


def _through_pool(pool: pooling.Pool | None) -> Iterator[Finding]:
    """Processes connect to the pool, and the pool to PostgreSQL: each has to have room."""
    if not settings.DATABASES["default"].get("DISABLE_SERVER_SIDE_CURSORS"):
        yield broken(
            _("A pool of connections stands before the database, and the settings do not say so."),
            _("Set DATABASE_POOLED=1: long lists fail otherwise."),
        )
    if pool is None:
        yield look(
            _("The pool before the database does not tell how many connections it allows."),
            _("Name the site’s database user in stats_users of pgbouncer.ini."),
        )
        return
    wanted, (room, used) = connections_wanted(), _room()
    words = _(
        "The pool takes %(clients)d connections, and this site’s processes may open %(wanted)d."
        " It opens %(servers)d to the database, which has room for %(room)d; %(used)d are open."
    ) % {
        "clients": pool.clients, "wanted": wanted, "servers": pool.servers,
        "room": room, "used": used,
    }  # fmt: skip
    if wanted > pool.clients:
        yield broken(words, _("Raise max_client_conn of the pool."))
    elif pool.servers > room:
        yield broken(words, _("Lower default_pool_size of the pool, or raise max_connections."))
    else:
        yield fine(words)


def connections_wanted() -> int:
    """One for each thread of the web server, and for each of its processes one where it writes what
    was counted, and one where it asks how far a replica is; one for each worker; the task engine's
    own; a command.
    """
    workers = int(str(settings.Q_CLUSTER["workers"]))
    beside = settings.COUNT_READS + (reading.ALIAS in settings.DATABASES)
    return web_server.processes() * (settings.WEB_THREADS + beside) + workers + 4


@check(gettext_lazy("Replica"), needs=Needs.DATABASE)
def replica() -> Iterator[Finding]:
    """Public pages are read from it while it is fresh; the primary answers otherwise."""
    if reading.ALIAS not in settings.DATABASES:
        return
    bound = settings.REPLICA_LAG_SECONDS
    behind = freshness.measure(bound)
    if behind is None:
        words = _(
            "The replica gives no answer, or is more than %(seconds)d seconds behind: the primary"
            " answers for all pages."
        ) % {"seconds": bound}
        yield look(
            words, _("Look at pg_stat_replication of the primary, and at the replica’s log.")
        )
    else:
        yield fine(
            _("The replica shows what was stored %(seconds).1f seconds ago.") % {"seconds": behind}
        )


@check(gettext_lazy("Migrations"), needs=Needs.DATABASE)
def migrations() -> Iterator[Finding]:
    if missing := missing_migrations():
        words = ngettext(
            "%(count)d migration is missing.", "%(count)d migrations are missing.", missing
        )
        yield broken(words % {"count": missing}, _("Run: manage.py migrate"))
    else:
        yield fine(_("The tables are those of this version."))


@check(gettext_lazy("Clock"), needs=Needs.DATABASE)
def clock() -> Iterator[Finding]:
    """Deadlines and links go by it; two machines must agree."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    drift = abs((timezone.now() - theirs).total_seconds())
    words = _("The clock differs from the database’s by %(seconds).1f seconds.") % {
        "seconds": drift
    }
    if drift > DRIFT:
        yield broken(
            words, _("Let both machines set their clocks by NTP: timedatectl set-ntp true")
        )
    else:
        yield fine(words)
