"""Files that staff give: lists of names and releases, read as lines and tables.

`reading` is what the product calls. It decodes nothing itself: `reader`, a program that is
confined, does.
"""
