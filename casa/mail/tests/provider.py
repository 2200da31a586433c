"""A mail provider that runs on this machine and answers as Postmark's API does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Provider:
    """Takes mail over HTTP; `status` and `answer` are what it says to the next one."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: dict[str, Any] = {}
        self.taken: list[dict[str, Any]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                provider.taken.append(json.loads(self.rfile.read(length)))
                said = provider.answer or provider.accepted()
                body = json.dumps(said).encode()
                self.send_response(provider.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        # It looks so often, in seconds, whether it is to stop: each test waits for that.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def accepted(self) -> dict[str, Any]:
        return {
            "ErrorCode": 0,
            "Message": "OK",
            "MessageID": f"b7bc2f4a-e38e-4336-af7d-e6c392c2f8{len(self.taken):02}",
            "SubmittedAt": "2026-11-24T09:14:52.2526273-05:00",
            "To": self.taken[-1]["To"],
        }

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
