"""The PostgreSQL that `make services` and `make test` start."""

import os
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
from eppid_local import postgresql

pytestmark = pytest.mark.skipif(
    postgresql.why_not() is not None, reason=f"PostgreSQL server cannot be had here: {postgresql.why_not()}"
)


def test_it_starts_twice_keeps_its_data_and_stops(tmp_path_factory):
    # tmp_path is closed to the unprivileged user that PostgreSQL needs when tests run as root.
    with postgresql.throwaway() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
            connection.execute("CREATE TABLE uji AS SELECT 7 AS nilai")
        it = next(
            postgresql.server(path)
            for path in Path(os.environ.get("TMPDIR", "/tmp")).glob("eppid-postgresql-*")
            if (path / "url").exists() and (path / "url").read_text().strip() == url
        )
        assert stat.S_IMODE(it.url_file.stat().st_mode) == 0o600
        assert postgresql.start(it) == url
        assert postgresql.stop(it) is True
        assert postgresql.stop(it) is False
        with psycopg.connect(postgresql.start(it)) as connection:
            assert connection.execute("SELECT nilai FROM uji").fetchone() == (7,)
        data = it.data
    assert not data.exists()


def test_a_wrong_password_is_refused():
    with postgresql.throwaway() as url, pytest.raises(psycopg.OperationalError):
        psycopg.connect(url.replace(postgresql._password(url), "salah"))


def test_an_unknown_command_is_a_sentence(pytestconfig):
    ended = subprocess.run(
        ["python3", "bin/services.py", "nyalakan"], cwd=pytestconfig.rootpath, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert "tidak dikenal" in ended.stderr
