"""Read what a request sent and no view read, before the answer leaves.

A server closes a connection on which it did not read everything. A proxy that is still sending
then never sees the answer, and says 502 where a page says what to do: for a refused post with a
picture, say.
"""

from collections.abc import Iterable
from typing import Any

from casa.lib.watchdog import Application

PIECE = 64 * 1024
LONGEST_REST = 32 * 1024 * 1024  # bytes; a proxy takes less, and whoever sends more may be cut off


def reading_whole_bodies(application: Application) -> Application:
    def read_then_answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = application(environ, start_response)
        left = LONGEST_REST
        while left > 0 and (piece := environ["wsgi.input"].read(PIECE)):
            left -= len(piece)
        return answer

    return read_then_answer
