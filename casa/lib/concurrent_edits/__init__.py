"""Several people edit one record: nobody's change is undone unseen.

A form of the back office carries what it was opened with. When it is saved, each of its fields is
compared three ways: as it was, what was posted, what is stored now. What this person left alone
follows what is stored; what both changed to different values is shown beside the field, and
nothing is stored until somebody has chosen.
"""
