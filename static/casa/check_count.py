#!/usr/bin/env python3
"""Checks the sealed count of a statement, offline, with nothing but Python 3.8 or newer.

    python3 check_count.py audit.txt
    python3 check_count.py audit.txt --head 5d41…  --receipt ABCD-EFGH-…
    python3 check_count.py 1.txt 2.txt 3.txt

A statement's page "How we count" offers audit.txt, which holds the files of all days; the file of
each day is there, too. What is checked:

- each file's lines are exactly those that its root was made of (a Merkle tree as RFC 6962 says);
- each file names the one before by its hash, from the first one on, and none is left out;
- nobody is counted twice, and nobody is taken out who was not in;
- what each file says of the count is what its lines add up to.

Whoever publishes the files could make all of them anew. So note the last hash today, or take it
from somebody who did (it is in the feed and on the page), and give it with --head when you check
again: it must still be there. --receipt says what became of your own signature.

Exit status: 0 if all is well, 1 if something is wrong, 2 if the files cannot be read.
"""

import argparse
import base64
import hashlib
import sys
from pathlib import Path

MAGIC = "casa-count 1"
FIELDS = [
    "statement", "number", "day", "sealed", "previous", "leaves", "root", "organizations", "people",
]  # fmt: skip
KINDS = {"organization": "organizations", "person": "people"}


class CountError(Exception):
    """What is not as it should be, in a sentence."""


def sha256(data):
    return hashlib.sha256(data).digest()


def root(leaves):
    """RFC 6962, section 2.1: 0 before each leaf, 1 before each pair of nodes."""
    level = [sha256(b"\x00" + leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        above = [sha256(b"\x01" + level[at] + level[at + 1]) for at in pairs]
        level = above + level[len(above) * 2 :]
    return (level[0] if level else sha256(b"")).hex()


def mark_of(receipt):
    """The mark under which a receipt stands in the files."""
    code = "".join(filter(str.isalnum, receipt.upper())).translate(str.maketrans("018", "OIB"))
    try:
        is_one = len(base64.b32decode(code)) == 20
    except ValueError:
        is_one = False
    if not is_one:
        raise CountError("This is no receipt: it has 32 letters and digits in groups of four.")
    return sha256(b"casa mark 1\n" + code.encode()).hex()


def parts(lines):
    """The files: (text of the head, its fields, lines)."""
    place = 0
    while place < len(lines):
        head = lines[place : place + 1 + len(FIELDS)]
        pairs = [one.partition(" ") for one in head[1:]]
        begin = place + len(head) + 1
        is_head = head[0] == MAGIC and [name for name, _, _ in pairs] == FIELDS
        if not is_head or lines[begin - 1 : begin] != [""]:
            raise CountError(f"Line {place + 1} should begin a file, and does not.")
        end = begin
        while end < len(lines) and lines[end]:
            end += 1
        fields = {name: value for name, _, value in pairs}
        yield "\n".join(head) + "\n", fields, lines[begin:end]
        place = end + 1


class Count:
    """What the files read so far add up to."""

    def __init__(self, mark=""):
        self.heads = []
        self.day = ""
        self.counts = {"organizations": 0, "people": 0}
        self.standing = set()
        self.mark, self.story = mark, []

    def add(self, head, fields, leaves):
        """Read one more file. Raises CountError."""
        name = f"The file of {fields['day']} (no. {fields['number']})"
        self._follow(name, fields)
        if fields["leaves"] != str(len(leaves)):
            raise CountError(f"{name} has {len(leaves)} lines and says {fields['leaves']}.")
        if fields["root"] != root([leaf.encode() for leaf in leaves]):
            raise CountError(f"{name} does not have the lines that its root was made of.")
        for leaf in leaves:
            self._count(name, fields["day"], leaf)
        if any(fields[one] != str(number) for one, number in self.counts.items()):
            raise CountError(f"{name} says another count than its lines add up to.")
        self.heads.append(hashlib.sha256(head.encode()).hexdigest())
        self.day = fields["day"]

    def _follow(self, name, fields):
        if fields["number"] != str(len(self.heads) + 1):
            raise CountError(
                f"{name} is not the next one: one is missing, or they are out of order."
            )
        if fields["previous"] != (self.heads[-1] if self.heads else "0" * 64):
            raise CountError(f"{name} does not follow the file before: one of them was changed.")
        if fields["day"] <= self.day:
            raise CountError(f"{name} is not of a later day.")

    def _count(self, name, day, leaf):
        change, kind, who = leaf.split(" ")
        is_counted = change == "counted"
        if (who in self.standing) == is_counted:
            raise CountError(f"{name}: counted twice, or taken out without being in: {leaf}")
        (self.standing.add if is_counted else self.standing.remove)(who)
        self.counts[KINDS[kind]] += 1 if is_counted else -1
        if who == self.mark:
            self.story.append((day, change))


def check(lines, mark="", noted=()):
    """The count at the end of all files. Raises CountError."""
    count = Count(mark)
    for one in parts(lines):
        count.add(*one)
    if not count.heads:
        raise CountError("There is nothing to check.")
    for head in noted:
        if head.strip().lower() not in count.heads:
            raise CountError(f"The hash {head} is not there: an earlier day was rewritten.")
    return count


def read(paths):
    lines = []
    for path in paths:
        lines += [*Path(path).read_bytes().decode("ascii").rstrip("\n").split("\n"), ""]
    return lines


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Checks the sealed count of a statement.")
    parser.add_argument("files", nargs="+", help="audit.txt, or the files of all days in order")
    parser.add_argument("--head", action="append", default=[], help="a hash noted earlier")
    parser.add_argument("--receipt", default="", help="your own receipt")
    given = parser.parse_args(arguments)
    try:
        lines = read(given.files)
    except (OSError, ValueError) as error:
        print(f"Cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        count = check(lines, given.receipt and mark_of(given.receipt), given.head)
    except (CountError, ValueError, KeyError) as error:
        print(f"WRONG. {error}", file=sys.stderr)
        return 1
    print(f"All {len(count.heads)} files agree. Counted at the end of {count.day}:")
    print("{organizations} organizations, {people} people.".format(**count.counts))
    print(f"Last hash, to note: {count.heads[-1]}")
    for day, change in count.story:
        print(f"Your signature: {change}, in the file of {day}")
    if given.receipt and not count.story:
        print("Your receipt is not in these files.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
