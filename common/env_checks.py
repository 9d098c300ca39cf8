"""Checks of the environment before the start: a set but unusable value stops it with one clear sentence.

Only what can be judged without any connection is judged here, because the settings are also read where no server
runs (collecting static files, compiling an image). `common.service_checks` then asks the servers themselves.
A variable that is set to nothing counts as unset, as in `DATABASE_URL= make run`.
"""

import base64
import binascii
import ipaddress
import re
import ssl
from collections.abc import Callable, MutableMapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

SHORTEST_SECRET_KEY = 40
POSTGRESQL_SCHEMES = {"postgres", "postgresql", "psql", "pgsql"}
CACHE_SCHEMES = {"redis", "rediss", "locmemcache", "filecache", "dbcache", "dummycache"}
EMAIL_SCHEMES = {
    "smtp",
    "smtp+tls",
    "smtp+ssl",
    "smtps",
    "consolemail",
    "filemail",
    "memorymail",
    "dummymail",
}
LOG_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
TRUE_WORDS, FALSE_WORDS = {"true", "on", "ok", "y", "yes", "1"}, {"false", "off", "n", "no", "0"}
_HOST_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST_NAME = re.compile(rf"{_HOST_LABEL}(\.{_HOST_LABEL})*", re.IGNORECASE)
_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]")
_INDEX_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_HEADER_VALUE = re.compile(r"[!-~]+")


class UnusableEnvironment(SystemExit):
    """Ends the start with one sentence on standard error and exit code 1, without a traceback."""


def check_environment(environ: MutableMapping[str, str]) -> None:
    """Drop empty variables of ours, and raise UnusableEnvironment for the first one that cannot be used.

    The sentence names the variable, says what is wrong and shows a right value; it never repeats a secret.
    """
    for name in (*CHECKS, *SECRETS):
        if name in environ and not environ[name].strip():
            del environ[name]
    for name, check in CHECKS.items():
        if name in environ and (problem := check(environ[name].strip())):
            raise UnusableEnvironment(f"{name} tidak dapat dipakai: {problem}")
    _check_s3_together(environ)
    _check_elasticsearch_together(environ)


def check_production(environ: MutableMapping[str, str]) -> None:
    """Raise UnusableEnvironment when something that only one's own machine may leave unset is unset."""
    secret = environ.get("SECRET_KEY", "")
    if not secret:
        raise UnusableEnvironment(
            "SECRET_KEY belum diisi: situs produksi memerlukan kunci rahasia acak. Buat dengan: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if len(secret) < SHORTEST_SECRET_KEY or len(set(secret)) < 8:
        raise UnusableEnvironment(
            f"SECRET_KEY tidak dapat dipakai: terlalu pendek atau mudah ditebak; pakai paling sedikit "
            f"{SHORTEST_SECRET_KEY} karakter acak."
        )
    hosts = _split(environ.get("ALLOWED_HOSTS", ""))
    if not hosts:
        raise UnusableEnvironment(
            "ALLOWED_HOSTS belum diisi: tulis alamat situs ini, dipisah koma, misalnya "
            "ALLOWED_HOSTS=ppid.contoh.go.id"
        )
    if "*" in hosts:
        raise UnusableEnvironment(
            "ALLOWED_HOSTS tidak dapat dipakai: * menerima alamat palsu; tulis alamat situs ini satu per satu."
        )


def _database(value: str) -> str | None:
    url = _parsed(value)
    if url is None or url.scheme not in POSTGRESQL_SCHEMES | {"sqlite"}:
        return "tulis postgres://pengguna:sandi@alamat:5432/nama (atau kosongkan untuk SQLite)."
    if url.scheme == "sqlite":
        folder = Path(unquote(url.path[1:])).parent
        return None if folder.is_dir() else f"folder {folder} untuk berkas SQLite tidak ada."
    if not url.path.strip("/"):
        return (
            "nama basis data di akhir alamat belum ditulis, misalnya postgres://pengguna@alamat:5432/eppid."
        )
    return None


def _http_url(value: str) -> str | None:
    url = _parsed(value)
    if url is None or url.scheme not in {"http", "https"} or not url.hostname:
        return "tulis alamat lengkap, misalnya http://127.0.0.1:9200"
    return None


def _elasticsearch(value: str) -> str | None:
    example = "misalnya http://127.0.0.1:9200 atau https://pengguna:sandi@es1.contoh.go.id:9200"
    for node in value.split(","):
        url = _parsed(node.strip())
        if url is None or url.scheme not in {"http", "https"} or not url.hostname or not url.port:
            return f"tulis alamat lengkap dengan port, dipisah koma bila lebih dari satu, {example}"
        if url.query or url.fragment:
            return f"alamat tidak boleh memuat ? atau # (dalam sandi ditulis %3F dan %23), {example}"
        if (url.username is None) != (url.password is None):
            return f"tulis nama pengguna dan sandinya, atau tidak keduanya, {example}"
    return None


def _api_key(value: str) -> str | None:
    if _HEADER_VALUE.fullmatch(value):
        return None
    return "salin kunci API (encoded) dari Elasticsearch seutuhnya, tanpa spasi."


def _certificates(value: str) -> str | None:
    if not Path(value).is_file():
        return f"berkas {value} tidak ada."
    try:
        ssl.create_default_context(cafile=value)
    except OSError:  # unreadable, or no certificate in it
        return f"berkas {value} bukan sertifikat PEM yang dapat dibaca."
    return None


def _folder(value: str) -> str | None:
    return None if Path(value).is_dir() else f"folder {value} tidak ada."


def _index(value: str) -> str | None:
    if _INDEX_NAME.fullmatch(value):
        return None
    return (
        "nama indeks diawali huruf dan terdiri atas paling banyak 60 huruf kecil, angka, - atau _, "
        "misalnya eppid."
    )


def _bucket(value: str) -> str | None:
    if _BUCKET_NAME.fullmatch(value) and ".." not in value:
        return None
    return (
        "nama bucket terdiri atas 3 sampai 63 huruf kecil, angka, titik, atau tanda hubung, misalnya eppid."
    )


def _delivery(value: str) -> str | None:
    if value in {"redirect", "stream"}:
        return None
    return "tulis redirect (pembaca diantar ke penyimpanan) atau stream (berkas lewat situs ini)."


def _encryption(value: str) -> str | None:
    return (
        None if value in {"auto", "AES256", "aws:kms", "none"} else "pilih auto, AES256, aws:kms atau none."
    )


def _region(value: str) -> str | None:
    return None if _REGION.fullmatch(value) else "tulis nama wilayah AWS, misalnya ap-southeast-3 (Jakarta)."


def _cache(value: str) -> str | None:
    url = _parsed(value)
    if url is None or url.scheme not in CACHE_SCHEMES:
        return "tulis redis://alamat:6379/0 (atau kosongkan untuk cache di dalam proses)."
    if url.scheme in {"redis", "rediss"} and not url.hostname:
        return "alamat server Redis belum ditulis, misalnya redis://127.0.0.1:6379/0"
    return None


def _email(value: str) -> str | None:
    url = _parsed(value)
    if url is None or url.scheme not in EMAIL_SCHEMES:
        return "tulis smtp+tls://pengguna:sandi@alamat:587 (karakter khusus dalam sandi ditulis %-encoded)."
    if url.scheme.startswith("smtp") and not url.hostname:
        return "alamat server surel belum ditulis, misalnya smtp+tls://pengguna:sandi@surel.contoh.go.id:587"
    return None


def _hosts(value: str) -> str | None:
    for host in _split(value):
        if host == "*" or _is_address(host) or _HOST_NAME.fullmatch(host.removeprefix(".")):
            continue
        return f"{host!r} bukan nama host; tulis tanpa https://, tanpa port dan tanpa garis miring."
    return None


def _field_keys(value: str) -> str | None:
    for key in _split(value):
        try:
            usable = len(base64.urlsafe_b64decode(key.encode())) == 32
        except (ValueError, binascii.Error):
            usable = False
        if not usable:
            return (
                "setiap kunci adalah kunci Fernet (44 karakter), dipisah koma, yang terbaru lebih dulu; buat dengan: "
                'python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
            )
    return None


def _clamd(value: str) -> str | None:
    url = _parsed(value)
    if url is not None and url.scheme == "unix" and url.path.startswith("/"):
        return None
    if url is not None and url.scheme == "tcp" and url.hostname and url.port:
        return None
    return "tulis tcp://alamat:3310 atau unix:///jalur/ke/clamd.ctl"


def _port(value: str) -> str | None:
    usable = value.isascii() and value.isdigit() and 1 <= int(value) <= 65535
    return None if usable else "tulis angka 1 sampai 65535, misalnya 8000."


def _whole_number(value: str) -> str | None:
    return None if value.isascii() and value.isdigit() else "tulis bilangan bulat tanpa tanda pemisah."


def _some_days(value: str) -> str | None:
    usable = value.isascii() and value.isdigit() and 2 <= int(value) <= 3660
    return None if usable else "tulis jumlah hari, 2 sampai 3660, misalnya 92."


def _truth(value: str) -> str | None:
    return None if value.lower() in TRUE_WORDS | FALSE_WORDS else "tulis true atau false."


def _log_level(value: str) -> str | None:
    return None if value in LOG_LEVELS else f"pilih salah satu dari {', '.join(sorted(LOG_LEVELS))}."


def _origins(value: str) -> str | None:
    for origin in _split(value):
        if problem := _http_url(origin.replace("://*.", "://", 1)):
            return problem
    return None


CHECKS: dict[str, Callable[[str], str | None]] = {
    "DATABASE_URL": _database,
    "ELASTICSEARCH_URL": _elasticsearch,
    "ELASTICSEARCH_API_KEY": _api_key,
    "ELASTICSEARCH_CA_CERTS": _certificates,
    "ELASTICSEARCH_INDEX": _index,
    "S3_ENDPOINT_URL": _http_url,
    "S3_BUCKET": _bucket,
    "S3_PUBLIC_ENDPOINT_URL": _http_url,
    "S3_DELIVERY": _delivery,
    "S3_ENCRYPTION": _encryption,
    "AWS_S3_REGION": _region,
    "CACHE_URL": _cache,
    "EMAIL_URL": _email,
    "ALLOWED_HOSTS": _hosts,
    "FIELD_ENCRYPTION_KEYS": _field_keys,
    "CLAMD_URL": _clamd,
    "SIGNATURE_ROOTS_DIR": _folder,
    "PORT": _port,
    "WAGTAILADMIN_BASE_URL": _http_url,
    "CSRF_TRUSTED_ORIGINS": _origins,
    "LOG_LEVEL": _log_level,
    "DEBUG": _truth,
    "SECURE_COOKIES": _truth,
    "SECURE_SSL_REDIRECT": _truth,
    "SECURE_HSTS_SECONDS": _whole_number,
    "DOCUMENT_MAX_UPLOAD_BYTES": _whole_number,
    "ANALYTICS_KEEP_DAYS": _some_days,
    "TRUSTED_PROXY_COUNT": _whole_number,
}
SECRETS = ("SECRET_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "DEFAULT_FROM_EMAIL", "EPPID_VAR_DIR")


def _check_s3_together(environ: MutableMapping[str, str]) -> None:
    if "S3_ENDPOINT_URL" in environ and "S3_BUCKET" not in environ:
        raise UnusableEnvironment(
            "S3_BUCKET belum diisi, padahal S3_ENDPOINT_URL diisi: tulis nama bucket-nya."
        )
    if "S3_BUCKET" in environ and "S3_ENDPOINT_URL" not in environ and "AWS_S3_REGION" not in environ:
        raise UnusableEnvironment(
            "AWS_S3_REGION belum diisi, padahal S3_BUCKET diisi tanpa S3_ENDPOINT_URL: tulis wilayah bucket di AWS, "
            "misalnya ap-southeast-3, atau isi S3_ENDPOINT_URL untuk layanan lain."
        )
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if name not in environ]
    if "S3_BUCKET" in environ and missing:
        raise UnusableEnvironment(
            f"{' dan '.join(missing)} belum diisi, padahal S3_BUCKET diisi: tulis kunci aksesnya."
        )


def _check_elasticsearch_together(environ: MutableMapping[str, str]) -> None:
    nodes = [url for node in _split(environ.get("ELASTICSEARCH_URL", "")) if (url := _parsed(node))]
    if "ELASTICSEARCH_API_KEY" in environ and any(url.username for url in nodes):
        raise UnusableEnvironment(
            "ELASTICSEARCH_API_KEY tidak dapat dipakai: ELASTICSEARCH_URL sudah memuat nama pengguna dan sandi; "
            "isi salah satu saja."
        )
    if "ELASTICSEARCH_CA_CERTS" in environ and any(url.scheme != "https" for url in nodes):
        raise UnusableEnvironment(
            "ELASTICSEARCH_CA_CERTS tidak dapat dipakai: semua alamat dalam ELASTICSEARCH_URL harus https."
        )


def _parsed(value: str) -> SplitResult | None:
    """Split a URL; None where the host or port is not one, or where blanks give away an unquoted character."""
    try:
        url = urlsplit(value)
        _ = url.hostname, url.port
    except ValueError:
        return None
    return None if re.search(r"\s", value) else url


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
