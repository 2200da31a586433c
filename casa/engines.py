"""What the site stands on, from the environment: databases, caches, and where uploads are kept."""

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ

from casa.environment import checked
from casa.variables import refuse

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
DATABASE_REMEDY = (
    "Write sqlite:///var/casa.sqlite3 or postgres://USER:PASSWORD@HOST:5432/NAME"
    " (a unix socket: postgres://USER@/NAME?host=/run/postgresql)"
)


def database(url: str, base_dir: Path, *, is_pooled: bool = False) -> dict[str, Any]:
    """DATABASE_URL as an entry of Django's DATABASES, tuned for its engine."""
    config: dict[str, Any] = {}
    # environ prints the parts of an address it does not know, so it is shown only known ones.
    if url.partition("://")[0] in DATABASE_SCHEMES:
        with suppress(ValueError):
            config = dict(environ.Env.db_url_config(url))
    if not config.get("NAME"):
        # The value may hold a password, so it is not repeated here.
        raise refuse("DATABASE_URL", "is not an address this site can use", DATABASE_REMEDY)
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"].endswith("sqlite3"):
        config["NAME"] = str(base_dir / config["NAME"])
        options.update(
            timeout=20,
            transaction_mode="IMMEDIATE",
            init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        )
        config.update(CONN_MAX_AGE=600)  # opening a file and its pragmas cost as much as a query
    else:
        config.update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
        # A pool may give the next piece of a long list to another connection.
        config.update(DISABLE_SERVER_SIDE_CURSORS=is_pooled)
    return config


REPLICA = "replica"


def databases(
    url: str, replica_url: str, base_dir: Path, *, is_pooled: bool
) -> dict[str, dict[str, Any]]:
    """Django's DATABASES; with a replica if DATABASE_REPLICA_URL names one."""
    primary = database(url, base_dir, is_pooled=is_pooled)
    if not replica_url:
        return {"default": primary}
    return {
        "default": primary,
        REPLICA: _replica(replica_url, base_dir, primary, is_pooled=is_pooled),
    }


def routers(databases: dict[str, Any]) -> list[str]:
    return ["casa.lib.db.reading.ReplicaRouter"] if REPLICA in databases else []


def middleware(databases: dict[str, Any]) -> list[str]:
    """What comes last of MIDDLEWARE."""
    return ["casa.lib.replica.middleware.ReplicaMiddleware"] if REPLICA in databases else []


def _replica(
    url: str, base_dir: Path, primary: dict[str, Any], *, is_pooled: bool
) -> dict[str, Any]:
    remedy = f"{DATABASE_REMEDY}, or leave it out"
    config = checked(
        "DATABASE_REPLICA_URL", lambda: database(url, base_dir, is_pooled=is_pooled), remedy
    )
    if not config["ENGINE"] == primary["ENGINE"] == "django.db.backends.postgresql":
        raise refuse("DATABASE_REPLICA_URL", "and DATABASE_URL are not both PostgreSQL", remedy)
    # Nobody waits long for a machine that is gone: the primary answers in its place.
    config["OPTIONS"].setdefault("connect_timeout", 2)
    return config | {"TEST": {"MIRROR": "default"}}


def caches(read: Callable[[], dict[str, Any]], megabytes_of_pages: int) -> dict[str, Any]:
    """Django's CACHES, of what `read` gives for CACHE_URL."""
    remedy = "Write locmemcache:// or redis://HOST:6379/0"
    default = checked("CACHE_URL", lambda: cache(read()), remedy)
    return {
        "default": default,
        "pages": cache_of_pages(default, megabytes_of_pages),
        "fragments": cache_of_fragments(default),
    }


FRAGMENTS_KEPT = 300
"""In the memory of a process: two for each statement and language, of 60 kB at most."""


def cache_of_fragments(default: dict[str, Any]) -> dict[str, Any]:
    """A room of its own in the same cache, so that pages push out nothing else."""
    room: dict[str, Any] = {"KEY_PREFIX": "fragments"}
    if default["BACKEND"].endswith("LocMemCache"):
        room |= {"LOCATION": "fragments", "OPTIONS": {"MAX_ENTRIES": FRAGMENTS_KEPT}}
    return default | room


def cache(config: dict[str, Any]) -> dict[str, Any]:
    """CACHE_URL as an entry of Django's CACHES; Redis by a cache that may be away."""
    if config["BACKEND"].endswith(".RedisCache"):
        return config | {"BACKEND": "casa.lib.shared_cache.ForgivingRedisCache"}
    return config


SHARED_CACHES = ("RedisCache", "PyMemcacheCache", "PyLibMCCache")


def cache_of_pages(default: dict[str, Any], megabytes: int) -> dict[str, Any]:
    """A room of its own in the cache that processes share, else in the memory of each."""
    if default["BACKEND"].endswith(SHARED_CACHES):
        return default | {"KEY_PREFIX": "pages"}
    return {
        "BACKEND": "casa.lib.kept_pages.memory.BoundedMemory",
        "OPTIONS": {"MAX_BYTES": (megabytes or 1) * 1024**2},
    }


BUCKET_REMEDY = "Write https://KEY:SECRET@s3.example.org/BUCKET, with ?region=NAME where it has one"


def uploads(url: str) -> dict[str, Any]:
    """What keeps uploads, for STORAGES: a folder, or the bucket that MEDIA_BUCKET_URL names."""
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    # The value holds a secret, so it is not repeated here.
    options = checked("MEDIA_BUCKET_URL", lambda: _bucket(url), BUCKET_REMEDY)
    if find_spec("storages") is None or find_spec("boto3") is None:
        remedy = "Install it: .venv/bin/pip install --require-hashes -r requirements-s3.txt"
        raise refuse("MEDIA_BUCKET_URL", "needs the package django-storages", remedy)
    return {"BACKEND": "casa.lib.media.bucket.Bucket", "OPTIONS": options}


def _bucket(url: str) -> dict[str, str]:
    """Raises ValueError where a part is missing."""
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if parts.scheme not in ("http", "https") or not (parts.hostname and parts.username and name):
        raise ValueError
    if "/" in name or not parts.password:
        raise ValueError
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    return {
        "endpoint_url": f"{parts.scheme}://{host}",
        "bucket_name": name,
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": dict(parse_qsl(parts.query)).get("region", "us-east-1"),
    }
