"""The WSGI application as `make look` serves it: at a clock that stands still."""

from tools.look import still

still.hold()

from casa.wsgi import application  # noqa: E402

__all__ = ["application"]
