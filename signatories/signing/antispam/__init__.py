"""Against abuse, self-hosted only: what is counted, what looks odd, and what is asked for then.

`gate` decides on a posted form, out of `limits` (how often), `rules` (what looks odd) and
`challenge` (work for a browser). Nothing here may depend on whether an address has signed.
"""
