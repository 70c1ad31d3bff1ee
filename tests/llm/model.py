"""A stand-in for a language model: a real server on this machine that answers as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Events = list[dict[str, Any]]
Says = Callable[[list[str]], Events | str]


def event(**about: Any) -> dict[str, Any]:
    """Return an event as the schema wants it."""
    plain = dict.fromkeys(("source", "target", "date", "place", "said_by"))
    return {"sentence": 0, "cameo": "040", "status": "actual", "mutual": False, **plain, **about}


@dataclass
class Model:
    """What the server was asked, and what it does."""

    says: Says
    endpoint: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)  # statuses of the next answers

    def answer(self, body: dict[str, Any]) -> str:
        lines = body["messages"][-1]["content"].split("\n")
        said = self.says([line.partition("] ")[2] for line in lines])
        return said if isinstance(said, str) else json.dumps({"events": said})


@contextmanager
def serve_model(says: Says) -> Iterator[Model]:
    model = Model(says)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model.asked.append(body)
            model.keys.append(self.headers.get("authorization"))
            status = model.failures.pop(0) if model.failures else 200
            content = model.answer(body) if status == 200 else "busy"
            reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(status if self.path == "/v1/chat/completions" else 404)
            self.send_header("content-length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model.endpoint = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
