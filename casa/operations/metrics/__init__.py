"""What Prometheus is told: what each process counts, and figures read at the moment it asks.

Nothing here names a person, an address or a link: every label has few values, of our own words.
"""
