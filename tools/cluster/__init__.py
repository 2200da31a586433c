"""Casa on many machines, on loopback: its parts are killed in turn while people sign and read.

    make cluster

A PostgreSQL primary with a streaming replica, PgBouncer, Redis, two application hosts, two workers
and nginx in front of both run as docs/scaling.md says, each by the command of its unit. What is
judged is what `tools.drills` judges, and beside it how many pages readers got and for how long
nobody could sign.
"""
