"""A gate between the site and the test node: it lets requests through, keeps them waiting or answers itself.

So a test can have a cluster that is away, hangs, refuses or comes back, and can count what it was asked.
"""

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Answer = tuple[int, dict | str]
#: (method and path, body) -> the answer in the node's place, or None to let the request through.
Rule = Callable[[str, bytes], Answer | None]

WRONG_KEY: Answer = (401, {"error": {"type": "security_exception", "reason": "unable to authenticate"}})
REFUSED: Answer = (400, {"error": {"type": "parsing_exception", "reason": "unknown query"}})
BUSY: Answer = (429, {"error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}})
NO_SHARD: Answer = (503, {"error": {"type": "no_shard_available_action_exception", "reason": "no shard"}})
ANOTHER_SERVER: Answer = (200, "<!doctype html><title>Situs lain</title>")
OUT_OF_TIME: Answer = (
    200,
    {
        "took": 1500,
        "timed_out": True,
        "hits": {"total": {"value": 0, "relation": "eq"}, "hits": []},
        "suggest": {"near": []},
    },
)


class Gate(ThreadingHTTPServer):
    """The gate; `url` is what the site is told. `asked` are the requests that came."""

    daemon_threads = True

    def __init__(self, node: str):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.node = urlsplit(node)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[str] = []
        self._rule: Rule | None = None
        self._shut = False
        self._hanging = False
        self._delay = 0.0
        self._ended = threading.Event()

    def open(self) -> None:
        """Let everything through."""
        self._rule, self._shut, self._hanging, self._delay = None, False, False, 0.0

    def shut(self) -> None:
        """Answer nothing: every connection ends at once, as with a node that has just stopped."""
        self._shut = True

    def hang(self) -> None:
        """Take connections and requests, and never answer."""
        self._hanging = True

    def slow(self, seconds: float) -> None:
        """Take so long over every request."""
        self._delay = seconds

    def answer(self, answer: Answer, to: str = "") -> None:
        """Give this answer to every request whose method and path contain `to`."""
        self._rule = lambda request, body: answer if to in request else None

    def answer_bulk(self, rule: Callable[[bytes], Answer | None]) -> None:
        """Ask `rule` for the answer to what is written; None lets it through."""
        self._rule = lambda request, body: rule(body) if "/_bulk" in request else None

    def requests(self, part: str = "") -> int:
        """How many requests came whose method and path contain `part`."""
        return sum(part in request for request in self.asked)

    def handle_error(self, request, client_address):
        """A client that went away is none."""

    def end(self) -> None:
        self._ended.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gate

    def _pass(self) -> None:
        request = f"{self.command} {self.path}"
        self.server.asked.append(request)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if wait := 60 if self.server._hanging else self.server._delay:
            self.server._ended.wait(wait)
        if self.server._shut or self.server._hanging:
            self.close_connection = True
            return
        if own := self.server._rule and self.server._rule(request, body):
            status, content = own
            kind = "text/html" if isinstance(content, str) else "application/vnd.elasticsearch+json"
            text = content if isinstance(content, str) else json.dumps(content)
            mark = {} if isinstance(content, str) else {"X-Elastic-Product": "Elasticsearch"}
            self._send(status, {"Content-Type": kind, **mark}, text.encode())
            return
        node = self.server.node
        through = http.client.HTTPConnection(node.hostname, node.port, timeout=60)
        try:
            through.request(self.command, self.path, body, dict(self.headers))
            answer = through.getresponse()
            kept = {
                n: v for n, v in answer.getheaders() if n.lower() in ("content-type", "x-elastic-product")
            }
            self._send(answer.status, kept, answer.read())
        finally:
            through.close()

    def _send(self, status: int, headers: dict, content: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def gate_to(node: str) -> Iterator[Gate]:
    """Yield a gate to the node; gone afterwards, whoever still waits at it."""
    gate = Gate(node)
    thread = threading.Thread(target=gate.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield gate
    finally:
        gate.end()
        thread.join()


@contextmanager
def closed_port() -> Iterator[str]:
    """Yield an address where nothing listens, and nothing else can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
