"""A process that has loaded pdfium once, and forks a child for each file.

Loading Python and pdfium anew takes as long as reading fifty pages. This process never opens a file and knows no
secret: it has the empty environment of the children, and each of them reads one file, confines itself and ends, as one
that was started from nothing does. `warm.py` is its other side.

It gets its orders on a socket (its number is the argument): one message each, with two open files beside it, the
child's channel and its standard output. On the channel it says that the child runs, and in the end its exit code; when
the channel is closed before, the child is killed with all that it started. When the socket is closed, so is everything.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys

PRELOADED = (
    "documents.extraction.child",
    "documents.extraction.drawing",
    "documents.extraction.pdf",
    "documents.extraction.pdf_scan",
    "PIL.WebPImagePlugin",
)
MODULES = PRELOADED[:2]
"""What it runs: modules whose `main` takes its order from `sys.argv[1]`. They may start no threads when imported."""
MAX_ORDER = 1 << 16
STARTED = b"started"


class _Server:
    def __init__(self, orders: socket.socket):
        self.orders = orders
        self.children: dict[int, socket.socket] = {}
        self.poll = select.poll()
        self.poll.register(orders, select.POLLIN)
        self.woken, self.waker = os.pipe()
        for end in (self.woken, self.waker):
            os.set_blocking(end, False)
        self.poll.register(self.woken, select.POLLIN)
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Work until the socket of the orders is closed."""
        while True:
            ready = {number for number, _event in self.poll.poll()}
            # In this order: what is closed and opened on the way gives numbers to new files that others had before.
            for channel in ready & {child.fileno() for child in self.children.values()}:
                self.kill(channel)
            if self.woken in ready:
                os.read(self.woken, 1 << 12)
                self.reap()
            if self.orders.fileno() in ready:
                order, files, _flags, _address = socket.recv_fds(self.orders, MAX_ORDER, 2)
                if not order:
                    return
                self.start(json.loads(order), *files)

    def start(self, order: dict, channel: int, output: int) -> None:
        """Fork a child and run the module of the order in it."""
        held = socket.socket(fileno=channel)
        try:
            pid = os.fork()
        except OSError:  # no room for another process; the caller sees its channel closed
            os.close(output)
            held.close()
            return
        if pid == 0:
            code = 1
            try:
                for other in (self.orders, held, *self.children.values()):
                    other.close()
                os.close(self.woken)
                os.close(self.waker)
                code = _run(order, output)
            finally:
                os._exit(code)
        os.close(output)
        self.children[pid] = held
        self.poll.register(held, select.POLLIN)
        with contextlib.suppress(OSError):
            held.send(STARTED)

    def kill(self, channel: int) -> None:
        """Kill the child whose channel was closed."""
        with contextlib.suppress(KeyError):  # it was killed before
            self.poll.unregister(channel)
        for pid, held in self.children.items():
            if held.fileno() == channel:
                _kill_group(pid)
                os.kill(pid, signal.SIGKILL)  # it may have no group of its own yet

    def reap(self) -> None:
        """Report the children that ended, and kill what they left running."""
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = ended
                _kill_group(pid)
                with self.children.pop(pid) as channel:
                    with contextlib.suppress(KeyError):  # it was killed
                        self.poll.unregister(channel)
                    with contextlib.suppress(OSError):
                        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _run(order: dict, output: int) -> int:
    """Make this process what a freshly started one would be, run the module, return the exit code."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(output, 1)
    os.close(output)
    os.chdir(order["scratch"])
    os.environ["TMPDIR"] = os.environ["HOME"] = order["scratch"]
    sys.argv = [order["module"], order["order"]]
    try:
        importlib.import_module(order["module"]).main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else bool(stop.code)
    return 0


def main() -> None:
    """Load, then serve; nobody who started it is left when it returns."""
    server = _Server(socket.socket(fileno=int(sys.argv[1])))
    for module in PRELOADED:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    server.serve()
    for child in list(server.children.values()):
        server.kill(child.fileno())


if __name__ == "__main__":
    main()
