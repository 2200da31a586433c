"""The program that reads one uploaded document: a file comes in, lines and rows go out.

`documents.reading` runs it in a process of its own: what a file makes a library do, to memory, time
or worse, ends with that process. Settings and databases are none of its business.
"""
