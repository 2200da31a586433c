"""The program that writes one uploaded picture anew: a file comes in, pictures of our own go out.

`images` runs it in a process of its own: what a file makes a decoder do, to memory, time or worse,
ends with that process. Of the product it imports nothing.
"""
