"""What files cost: delivery, upload, reading. Ratios inside one run, in one table.

    python bench/documents.py [--rounds 300] [--only redirect stream upload reading]

Starts an S3 service, a trial site on it and one on disk; everything is below a temporary folder and gone afterwards.

- the redirect to the bucket (permission, a question to the store, signature, event) against a view that asks for the
  same permission and answers nothing; and against one that asks nothing either; all on the same web server
- a file of 200 MB from disk by the site against a bare gunicorn that sends it with sendfile
- the web process' peak of memory while 5 MB and 500 MB are uploaded in the admin to the bucket
- pages of PDFs read a second as the worker does (a bounded child process a file, each page judged) against kreuzberg in
  this process, and against kreuzberg in a process of its own for each file; with long files and with short ones
"""

import argparse
import ast
import http.client
import json
import os
import random
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This folder must not be looked through first: `documents` is the room, not this file.
sys.path[:1] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bin")]
MEGABYTE = 1024**2
STREAMED = 200 * MEGABYTE
UPLOADS = (5, 500)

SETUP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.core.files.base import ContentFile
from documents.models import OfficeDocument
from home.models import Office
from tests import factories
document = factories.DocumentFactory(texts=["isi"], office=factories.shared_office())
size = {size}
if size:
    document.file.save("besar.pdf", ContentFile(b"%PDF-1.4\\n" + bytes(size - 9)), save=False)
    document.file_size = size
    OfficeDocument.objects.bulk_update([document], ["file", "file_size"])
factories.RegulationPageFactory(files=[document])
user = factories.UserFactory(superuser=True, is_staff=True, username="bench"); user.set_password("bench"); user.save()
print("ALAMAT", document.url)
"""
URLS = """
from django.http import HttpResponse
from django.urls import path
from documents.views import readable
from eppid.urls import urlpatterns, handler404, handler500

def permitted(request, document_id):
    readable(request, document_id)
    return HttpResponse()

urlpatterns = [
    path("telanjang/", lambda request: HttpResponse()), path("izin/<int:document_id>/", permitted), *urlpatterns
]
"""
RAW = """
import os
from wsgiref.util import FileWrapper
def application(environ, start_response):
    handle = open(os.environ["BERKAS"], "rb")
    size = str(os.path.getsize(os.environ["BERKAS"]))
    start_response("200 OK", [("Content-Type", "application/pdf"), ("Content-Length", size)])
    return environ.get("wsgi.file_wrapper", FileWrapper)(handle)
"""

ALONE = """
import json, kreuzberg, sys
config = kreuzberg.ExtractionConfig(pages=kreuzberg.PageConfig(extract_pages=True), use_cache=False)
print(json.dumps([page["content"] for page in kreuzberg.extract_file_sync(sys.argv[1], config=config).pages]))
"""


class Site:
    """A trial site: its folder, its environment, the address of its one file, and its web server."""

    def __init__(self, folder: Path, environ: dict[str, str], size: int = 0):
        folder.mkdir()
        (folder / "bench_urls.py").write_text(URLS)
        (folder / "bench_settings.py").write_text(
            "from eppid.settings.dev import *\nROOT_URLCONF = 'bench_urls'\nALLOWED_HOSTS = ['*']\n"
        )
        (folder / "raw.py").write_text(RAW)
        self.folder = folder
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("S3_", "AWS_"))},
            "EPPID_VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "bench_settings",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT / "site"), str(ROOT)]),
            "DOCUMENT_MAX_UPLOAD_BYTES": str(600 * MEGABYTE),
            "LOG_LEVEL": "ERROR",
            **environ,
        }
        said = subprocess.run(
            [sys.executable, "-c", SETUP.format(size=size)],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        found = re.search(r"ALAMAT (\S+)", said.stdout)
        if not found:
            sys.exit(said.stderr)
        self.file_url = found.group(1)

    @contextmanager
    def served(self, application: str = "eppid.wsgi:application") -> Iterator[tuple[int, int]]:
        """Yield the port of a web server and the number of the process that works."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [
            *(sys.executable, "-m", "gunicorn", application, "--workers", "1", "--threads", "4"),
            *("--timeout", "300", "--bind", f"127.0.0.1:{port}", "--log-level", "error"),
        ]
        server = subprocess.Popen(command, env=self.environ, cwd=ROOT, start_new_session=True)
        try:
            for _ in range(300):
                try:
                    get(port, "/telanjang/")
                    break
                except OSError:
                    time.sleep(0.1)
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            yield port, int(children[0])
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def get(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, int]:
    """Return status and length of an answer that is read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", path, headers={"Host": "localhost", **(headers or {})})
    answer = connection.getresponse()
    length = 0
    while block := answer.read(1 << 18):
        length += len(block)
    connection.close()
    return answer.status, length


def median_seconds(call: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def redirect(site: Site, rounds: int) -> list[tuple[str, str, str, float, str]]:
    """Measure the redirect beside the bare view, by turns so that both meet the same machine."""
    permitted = "/izin/" + site.file_url.split("/")[2] + "/"
    paths = {"nothing": "/telanjang/", "permitted": permitted, "ours": site.file_url}
    times: dict[str, list[float]] = {name: [] for name in paths}
    with site.served() as (port, _pid):
        assert [get(port, path)[0] for path in paths.values()] == [200, 200, 302]
        for _ in range(rounds):
            for name, path in paths.items():
                times[name].append(median_seconds(lambda p=path: get(port, p), 1))
    ours, permitted_only, nothing = (
        statistics.median(times[name]) * 1000 for name in ("ours", "permitted", "nothing")
    )
    return [
        (f"redirect / {what}", f"{ours:.1f} ms", f"{beside:.1f} ms", ours / beside, target)
        for what, beside, target in (
            ("bare view with permission", permitted_only, "<= 2"),
            ("view that asks nothing", nothing, ""),
        )
    ]


def stream(site: Site, rounds: int) -> list[tuple[str, str, str, float, str]]:
    """Measure a large file from disk beside the raw server."""
    stored = max(
        (site.folder / "media").rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0
    )
    site.environ["BERKAS"] = str(stored)
    with site.served() as (ours, _), site.served("raw:application") as (raw, _):
        assert get(ours, site.file_url) == (200, STREAMED)
        rates: dict[str, list[float]] = {"ours": [], "raw": []}
        for _ in range(rounds):
            for name, port, path in (("ours", ours, site.file_url), ("raw", raw, "/")):
                rates[name].append(STREAMED / MEGABYTE / median_seconds(lambda p=port, q=path: get(p, q), 1))
    high, low = statistics.median(rates["ours"]), statistics.median(rates["raw"])
    return [("file from disk / raw server", f"{high:.0f} MB/s", f"{low:.0f} MB/s", high / low, ">= 0.7")]


def upload(site: Site) -> list[tuple[str, str, str, float, str]]:
    """Measure the peak of the web process' memory over an upload, each size in a process of its own."""
    peaks = []
    for size in UPLOADS:
        with site.served() as (port, pid):
            cookies = sign_in(port)
            send_film(port, cookies, MEGABYTE)  # what the first upload loads belongs to both
            Path(f"/proc/{pid}/clear_refs").write_text("5")
            send_film(port, cookies, size * MEGABYTE)
            peaks.append(
                int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024
            )
    low, high = peaks
    return [("peak memory, upload of 500 MB / of 5 MB", f"{high:.0f} MB", f"{low:.0f} MB", high / low, "= 1")]


def sign_in(port: int) -> dict[str, str]:
    """Return the cookies of a session in the admin."""
    import requests

    session = requests.Session()
    address = f"http://localhost:{port}/admin/login/"
    session.get(address)
    form = {"username": "bench", "password": "bench", "csrfmiddlewaretoken": session.cookies["csrftoken"]}
    session.post(address, data=form)
    return dict(session.cookies)


def send_film(port: int, cookies: dict[str, str], size: int) -> None:
    """Upload a film of this size in the admin, without ever holding it here."""
    boundary = secrets.token_hex(12)
    fields = {"title": "Film", "collection": "1", "csrfmiddlewaretoken": cookies["csrftoken"]}
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n'
    head += "Content-Type: video/mp4\r\n\r\n"
    start, end = head.encode() + b"\x00\x00\x00\x18ftypmp42", f"\r\n--{boundary}--\r\n".encode()

    def body() -> Iterator[bytes]:
        yield start
        block = secrets.token_bytes(MEGABYTE)
        for _ in range(size // MEGABYTE):
            yield block
        yield end

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    length = len(start) + size // MEGABYTE * MEGABYTE + len(end)
    headers = {
        "Host": f"localhost:{port}",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Content-Length": str(length),
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    connection.request("POST", "/admin/documents/add/", body=body(), headers=headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    connection.close()


def reading(folder: Path) -> list[tuple[str, str, str, float, str]]:
    """Measure the reading of PDFs with a text layer, all ways by turns so that they meet the same machine."""
    import kreuzberg

    from documents.extraction import kinds
    from documents.extraction.runner import read_chunk

    config = kreuzberg.ExtractionConfig(pages=kreuzberg.PageConfig(extract_pages=True), use_cache=False)
    ways = {
        "ours": lambda path: [page.text for page in read_chunk(path, kinds.PDF).pages],
        " in this process": lambda path: [
            page["content"] for page in kreuzberg.extract_file_sync(path, config=config).pages
        ],
        ", a process a file": lambda path: json.loads(
            subprocess.run([sys.executable, "-c", ALONE, str(path)], check=True, capture_output=True).stdout
        ),
    }
    rows = []
    for count, length in ((12, 100), (24, 8)):
        paths = text_files(folder, count, length)
        for way, read in ways.items():
            assert len(read(paths[0])) == length, way
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(5):
            for way, read in ways.items():
                times[way].append(median_seconds(lambda r=read, p=paths: [r(path) for path in p], 1))
        rates = {way: count * length / statistics.median(taken) for way, taken in times.items()}
        ours = rates.pop("ours")
        rows += [
            (
                f"{length}-page files / kreuzberg{way}",
                f"{ours:.0f} pages/s",
                f"{beside:.0f} pages/s",
                ours / beside,
                ">= 0.8" if length == 100 else "",
            )
            for way, beside in rates.items()
        ]
    return rows


def text_files(folder: Path, count: int, length: int) -> list[Path]:
    """Write PDFs with a text layer: the sentences of the demo office, mixed, about 3,400 characters a page."""
    from tests.sample_files import pdf_bytes

    trees = [
        ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "catalogue/demo").glob("*.py"))
    ]
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    sentences = [text for text in texts if isinstance(text, str) and len(text) > 40 and text.isascii()]
    mixed = random.Random(count)
    paths = []
    for number in range(count):
        pages = [
            textwrap.fill(" ".join(mixed.choices(sentences, k=60)), 84, max_lines=41, placeholder="")
            for _ in range(length)
        ]
        paths.append(folder / f"{length}-{number}.pdf")
        paths[-1].write_bytes(pdf_bytes(pages))
    return paths


def main() -> None:
    """Prepare, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--only", nargs="+", default=["redirect", "stream", "upload", "reading"])
    options = parser.parse_args()
    from eppid_local import seaweedfs

    rows = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eppid-bench-documents-")))
        if {"redirect", "upload"} & set(options.only):
            store = stack.enter_context(seaweedfs.throwaway(volumes=60))
            on_bucket = Site(folder / "bucket", store.variables)
            if "redirect" in options.only:
                rows += redirect(on_bucket, options.rounds)
            if "upload" in options.only:
                rows += upload(on_bucket)
        if "stream" in options.only:
            rows += stream(Site(folder / "disk", {}, STREAMED), max(3, options.rounds // 30))
        if "reading" in options.only:
            rows += reading(folder)
    print(f"{'measure':42} {'ours':>14} {'beside':>14} {'ratio':>7}  target")
    for name, ours, beside, ratio, target in rows:
        print(f"{name:42} {ours:>14} {beside:>14} {ratio:7.2f}  {target}")


if __name__ == "__main__":
    main()
