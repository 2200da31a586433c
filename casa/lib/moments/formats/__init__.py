"""How Django itself writes days and times, by language: with the month as a word, in 24 hours.

`FORMAT_MODULE_PATH` names this package, so that lists, history and templates write them alike.
"""
