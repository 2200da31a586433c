"""Which names may mean one organization: "WWF", "W.W.F. e.V.", "World Wide Fund for Nature".

Pure functions. Likeness is for questions alone: nothing is ever merged by it.
"""
