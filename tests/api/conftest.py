"""A client of the API, and an office that answers it."""

import pytest

from tests import factories


@pytest.fixture
def office(db):
    """KPU Kota Serang with its page tree."""
    return factories.shared_office()


@pytest.fixture
def get(client, office):
    """`get("regulations", tahun=2023)` asks the API and returns the response."""

    def ask(path: str = "", headers: dict | None = None, **parameters):
        return client.get(f"/api/v1/{path}", parameters, headers=headers or {})

    return ask


@pytest.fixture
def read(get):
    """Like `get`, for answers that must be good: returns the JSON."""

    def ask(path: str = "", **parameters):
        response = get(path, **parameters)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return ask
