"""Merkle trees as RFC 6962 hashes them (section 2.1), with SHA-256.

A leaf and a node are hashed with different first bytes, so that no node passes for a leaf.
"""

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over `leaves` in their order, read once: memory grows with their logarithm."""
    full: list[tuple[int, bytes]] = []
    """Whole subtrees from left to right, each with its height; no two of one height."""
    for leaf in leaves:
        height, made = 0, leaf_hash(leaf)
        while full and full[-1][0] == height:
            made = node_hash(full.pop()[1], made)
            height += 1
        full.append((height, made))
    return _joined([made for _height, made in full])


def _joined(subtrees: list[bytes]) -> bytes:
    if not subtrees:
        return EMPTY
    made = subtrees.pop()
    while subtrees:
        made = node_hash(subtrees.pop(), made)
    return made
