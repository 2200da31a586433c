"""Protection against abuse, without outside services: limits, rules, proof of work.

`gate` decides on a posted form, out of `limits` (how often), `rules` (what looks odd) and
`challenge` (work for a browser). Nothing here may depend on whether an address has signed.
"""
