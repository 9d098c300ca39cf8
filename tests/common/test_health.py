"""/healthz and /readyz: what a machine that watches the site learns."""

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from common import schedule, service_checks
from common.service_checks import ServiceUnusable

pytestmark = pytest.mark.django_db


@pytest.fixture
def beating():
    schedule.beat("uji", timezone.now())


def test_healthz_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok", "no-store")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_come_by_any_host_and_without_https(client, settings, path, beating):
    settings.ALLOWED_HOSTS = ["ppid.contoh.go.id"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path, headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/regulasi/", headers={"host": "10.1.2.3:8000"}).status_code in {301, 400}


def test_readyz_names_each_part(client, beating):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok",
        "storage": "ok",
        "migrations": "ok",
        "scheduler": "ok",
        "search": "ok",
        "status": "ok",
    }


def test_a_stopped_scheduler_is_told_but_pages_stay_in_service(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["scheduler"], answer.json()["status"]) == ("stopped", "degraded")


def test_pending_migrations_are_not_ready(client, beating):
    MigrationRecorder.Migration.objects.filter(app="common").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["migrations"], answer.json()["status"]) == ("pending", "unavailable")


def test_storage_that_cannot_be_written_is_told_but_pages_stay_in_service(
    client, beating, settings, tmp_path
):
    (tmp_path / "berkas").write_text("bukan folder")
    settings.MEDIA_ROOT = tmp_path / "berkas"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["storage"], answer.json()["status"]) == ("failed", "degraded")
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.s3
def test_a_bucket_is_asked_without_writing(client, beating, bucket, use_bucket):
    from common import views_health

    bucket.prepare()
    assert client.get("/readyz").json()["storage"] == "ok"
    assert list(bucket.walk()) == []
    use_bucket(secret_key="salah")
    views_health.forget()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["storage"]) == (200, "failed")


def test_an_answer_is_kept_for_a_moment(client, beating, monkeypatch):
    client.get("/readyz")
    monkeypatch.setattr("common.views_health.check_storage", lambda **_: pytest.fail("asked again"))
    assert client.get("/readyz").status_code == 200


def test_only_reading_is_answered(client):
    assert client.post("/healthz").status_code != 200


def test_storage_check_leaves_no_file_behind(settings):
    service_checks.check_storage()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_cache_that_does_not_answer_is_said_without_its_password(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://:sangatrahasia@127.0.0.1:1/0",
        }
    }
    with pytest.raises(ServiceUnusable, match="CACHE_URL tidak dapat dipakai") as refused:
        service_checks.check_cache()
    assert "sangatrahasia" not in str(refused.value)


def test_waiting_for_a_server_that_is_still_starting(monkeypatch):
    tries = []

    def starts_slowly():
        tries.append(1)
        if len(tries) < 3:
            raise ServiceUnusable("belum")

    monkeypatch.setattr(service_checks, "CHECKS", {"lambat": starts_slowly})
    with pytest.raises(ServiceUnusable):
        service_checks.check_all(wait=0)
    service_checks.check_all(wait=60, pause=lambda seconds: None)
    assert len(tries) == 3
