"""Public pages are kept for the second that their `Cache-Control` allows to any shared cache.

So an office without a cache in front answers a crowd, too. What is kept is the answer as it left
all other middleware; `generation.renew` makes all of it old at once.
"""
