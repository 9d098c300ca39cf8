"""A set but unusable value stops the start with one sentence that names it."""

import base64
import os
import subprocess
import sys

import certifi
import pytest
from elasticsearch import Elasticsearch

from common.env_checks import CHECKS, UnusableEnvironment, check_environment, check_production

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
S3 = {
    "S3_BUCKET": "eppid",
    "AWS_S3_REGION": "ap-southeast-3",
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "b",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://eppid:s%40ndi@127.0.0.1:5432/eppid"),
        ("DATABASE_URL", "postgresql:///eppid"),
        ("DATABASE_URL", "sqlite:////tmp/eppid.sqlite3"),
        ("ELASTICSEARCH_URL", "https://es.contoh.go.id:9200"),
        ("ELASTICSEARCH_URL", "http://[::1]:9200, https://ppid:s%40%2Cndi@es2.contoh.go.id:443/cari"),
        ("ELASTICSEARCH_API_KEY", "VnVhQ2ZHY0JDZGJrU==:ui2lp2axTNmsyakw9tvNnw"),
        ("ELASTICSEARCH_INDEX", "eppid-kpu_2"),
        ("ELASTICSEARCH_INDEX", "e" * 60),
        ("CACHE_URL", "redis://127.0.0.1:6379/0"),
        ("CACHE_URL", "locmemcache://"),
        ("EMAIL_URL", "smtp+tls://ppid:s%2Fandi@surel.contoh.go.id:587"),
        ("EMAIL_URL", "consolemail://"),
        ("ALLOWED_HOSTS", "ppid.contoh.go.id, .contoh.go.id,127.0.0.1,[::1]"),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY},{KEY}"),
        ("CLAMD_URL", "tcp://127.0.0.1:3310"),
        ("CLAMD_URL", "unix:///run/clamav/clamd.ctl"),
        ("PORT", "8001"),
        ("CSRF_TRUSTED_ORIGINS", "https://ppid.contoh.go.id,https://*.contoh.go.id"),
        ("DEBUG", "true"),
        ("SECURE_HSTS_SECONDS", "0"),
        ("LOG_LEVEL", "INFO"),
    ],
)
def test_usable_values_pass(name, value):
    check_environment({name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres//eppid"),
        ("DATABASE_URL", "mysql://eppid@127.0.0.1/eppid"),
        ("DATABASE_URL", "postgres://eppid:sandi@127.0.0.1:5432/"),
        ("DATABASE_URL", "postgres://eppid:sandi@127.0.0.1:banyak/eppid"),
        ("DATABASE_URL", "postgres://eppid:san di@127.0.0.1/eppid"),
        ("DATABASE_URL", "postgres://[::1/eppid"),
        ("DATABASE_URL", "sqlite:////tidak/ada/eppid.sqlite3"),
        ("ELASTICSEARCH_URL", "127.0.0.1:9200"),
        ("ELASTICSEARCH_URL", "http://es.contoh.go.id"),
        ("ELASTICSEARCH_URL", "http://es1.contoh.go.id:9200,"),
        ("ELASTICSEARCH_URL", "http://es1.contoh.go.id:9200,es2.contoh.go.id:9200"),
        ("ELASTICSEARCH_URL", "http://es1.contoh.go.id:9200 http://es2.contoh.go.id:9200"),
        ("ELASTICSEARCH_URL", "http://ppid@es.contoh.go.id:9200"),
        ("ELASTICSEARCH_URL", "http://ppid:san?di@es.contoh.go.id:9200"),
        ("ELASTICSEARCH_URL", "http://es.contoh.go.id:9200/?pretty"),
        ("ELASTICSEARCH_API_KEY", "kunci\nX-Lain: 1"),
        ("ELASTICSEARCH_CA_CERTS", "/tidak/ada/ca.pem"),
        ("ELASTICSEARCH_CA_CERTS", "/"),
        ("ELASTICSEARCH_INDEX", "EPPID"),
        ("ELASTICSEARCH_INDEX", "_eppid"),
        ("ELASTICSEARCH_INDEX", "eppid*"),
        ("ELASTICSEARCH_INDEX", "eppid,lain"),
        ("ELASTICSEARCH_INDEX", "e" * 61),
        ("S3_ENDPOINT_URL", "s3:8333"),
        ("S3_PUBLIC_ENDPOINT_URL", "berkas.contoh.go.id"),
        ("S3_DELIVERY", "ya"),
        ("S3_ENCRYPTION", "AES128"),
        ("AWS_S3_REGION", "Jakarta"),
        ("CACHE_URL", "redis://"),
        ("CACHE_URL", "redis"),
        ("EMAIL_URL", "surel.contoh.go.id"),
        ("EMAIL_URL", "smtp+tls://"),
        ("ALLOWED_HOSTS", "https://ppid.contoh.go.id"),
        ("ALLOWED_HOSTS", "ppid.contoh.go.id:8000"),
        ("FIELD_ENCRYPTION_KEYS", "kunci"),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY},pendek="),
        ("CLAMD_URL", "127.0.0.1:3310"),
        ("PORT", "delapan"),
        ("PORT", "70000"),
        ("WAGTAILADMIN_BASE_URL", "ppid.contoh.go.id"),
        ("CSRF_TRUSTED_ORIGINS", "ppid.contoh.go.id"),
        ("DEBUG", "ya"),
        ("SECURE_HSTS_SECONDS", "setahun"),
        ("LOG_LEVEL", "verbose"),
    ],
)
def test_unusable_values_stop_with_one_sentence(name, value):
    with pytest.raises(UnusableEnvironment) as stopped:
        check_environment({name: value})
    sentence = stopped.value.code
    assert sentence.startswith(f"{name} tidak dapat dipakai: ")
    assert "\n" not in sentence


def test_a_password_is_never_repeated():
    with pytest.raises(UnusableEnvironment) as stopped:
        check_environment({"DATABASE_URL": "postgres://eppid:sangatrahasia@127.0.0.1:x/eppid"})
    assert "sangatrahasia" not in stopped.value.code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELASTICSEARCH_URL", "http://ppid:sangatrahasia@es.contoh.go.id"),
        ("ELASTICSEARCH_URL", "http://es.contoh.go.id:9200,ppid:sangatrahasia@lain:9200"),
        ("ELASTICSEARCH_API_KEY", "sangatrahasia dan terpotong"),
    ],
)
def test_nothing_secret_of_elasticsearch_is_repeated(name, value):
    with pytest.raises(UnusableEnvironment) as stopped:
        check_environment({name: value})
    assert "rahasia" not in stopped.value.code


def test_elasticsearch_takes_one_way_to_sign_in():
    key = {"ELASTICSEARCH_API_KEY": "a2V5"}
    check_environment({"ELASTICSEARCH_URL": "https://es.contoh.go.id:9200", **key})
    with pytest.raises(UnusableEnvironment, match="isi salah satu saja"):
        check_environment({"ELASTICSEARCH_URL": "https://ppid:sandi@es.contoh.go.id:9200", **key})


def test_a_certificate_authority_is_a_readable_file_and_needs_https(tmp_path):
    usable = certifi.where()
    check_environment({"ELASTICSEARCH_URL": "https://es:9200", "ELASTICSEARCH_CA_CERTS": usable})
    with pytest.raises(UnusableEnvironment, match="harus https"):
        check_environment(
            {"ELASTICSEARCH_URL": "https://es1:9200,http://es2:9200", "ELASTICSEARCH_CA_CERTS": usable}
        )
    other = tmp_path / "ca.pem"
    other.write_text("bukan sertifikat")
    with pytest.raises(UnusableEnvironment, match="bukan sertifikat PEM"):
        check_environment({"ELASTICSEARCH_CA_CERTS": str(other)})


@pytest.mark.parametrize("host", ["http://[::1]:9200", "https://ppid:s%40%2Cndi@es.contoh.go.id:443/cari"])
def test_the_client_takes_what_passes_the_check(host):
    check_environment({"ELASTICSEARCH_URL": host})
    Elasticsearch([host]).close()


def test_the_client_insists_on_a_port_as_the_check_does():
    with pytest.raises(ValueError, match="port"):
        Elasticsearch(["http://es.contoh.go.id"])


def test_empty_counts_as_unset():
    environ = {name: " " for name in CHECKS} | {"SECRET_KEY": "", "PATH": ""}
    check_environment(environ)
    assert environ == {"PATH": ""}


def test_s3_needs_bucket_and_keys_together():
    check_environment({"S3_ENDPOINT_URL": "http://127.0.0.1:8333", **S3})
    with pytest.raises(UnusableEnvironment, match="S3_BUCKET belum diisi"):
        check_environment({"S3_ENDPOINT_URL": "http://127.0.0.1:8333"})
    with pytest.raises(UnusableEnvironment, match="AWS_SECRET_ACCESS_KEY belum diisi"):
        check_environment({name: S3[name] for name in S3 if name != "AWS_SECRET_ACCESS_KEY"})
    with pytest.raises(UnusableEnvironment, match="AWS_S3_REGION belum diisi"):
        check_environment({name: S3[name] for name in S3 if name != "AWS_S3_REGION"})
    with pytest.raises(UnusableEnvironment, match="S3_BUCKET tidak dapat dipakai"):
        check_environment({**S3, "S3_BUCKET": "Berkas PPID"})


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({}, "SECRET_KEY belum diisi"),
        ({"SECRET_KEY": "rahasia"}, "SECRET_KEY tidak dapat dipakai"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY tidak dapat dipakai"),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS belum diisi"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS tidak dapat dipakai"),
    ],
)
def test_production_refuses_what_is_only_safe_at_home(environ, sentence):
    with pytest.raises(UnusableEnvironment, match=sentence):
        check_production(environ)


def test_production_starts_with_a_key_and_a_host():
    check_production({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "ppid.contoh.go.id"})


def test_the_start_itself_ends_with_the_sentence_alone(pytestconfig):
    ended = subprocess.run(
        [sys.executable, "manage.py", "check", "--settings", "eppid.settings.test"],
        cwd=pytestconfig.rootpath,
        env={**os.environ, "DATABASE_URL": "postgres//salah"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("DATABASE_URL tidak dapat dipakai: ")
    assert len(ended.stderr.splitlines()) == 1
