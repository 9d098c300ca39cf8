"""The web server of an installation. WEB_CONCURRENCY sets the number of processes (gunicorn reads it itself)."""

import os
from pathlib import Path

bind = f"0.0.0.0:{os.environ.get('PORT') or 8000}"
pythonpath = str(Path(__file__).resolve().parents[1] / "site")
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
timeout = 120  # seconds; an upload of 100 MB over a slow line takes its time
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
accesslog = "-"
# A visitor's full address is personal data: the log keeps what happened, the proxy in front decides about addresses.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
