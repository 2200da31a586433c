"""What a drill needs and this machine does not have."""


class MissingError(Exception):
    """The message says what, and how to get it."""
