"""A replica of the database, which answers for public pages: DATABASE_REPLICA_URL.

`casa.lib.db.reading` says which database a request reads from, `freshness` how far the replica
is, and `middleware` lets requests for public pages read from it.
"""
