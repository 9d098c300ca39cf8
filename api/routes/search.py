"""The same search as /cari/."""

from django.http import HttpRequest
from ninja import Query, Router

from api.parameters import SearchParameters, SuggestParameters
from api.present.base import View
from api.present.search import answer, completions
from api.routes.responses import LIST_PROBLEMS, answers, rendered
from api.schemas.search import SearchAnswer, SearchCompletions
from search.completions import complete
from search.service import search as find
from search.types import SearchQuery, SearchResults

router = Router(tags=["Pencarian"])


@router.get(
    "search",
    response=answers(SearchAnswer, LIST_PROBLEMS),
    url_name="search",
    operation_id="search",
    summary="Cari di halaman dan isi berkas",
)
def search(request: HttpRequest, parameters: Query[SearchParameters]):
    """Mencari seperti /cari/, dengan parameter yang sama: saringan dengan jumlahnya, cuplikan, nomor halaman.

    Tanpa kata, tanpa saringan, dan tanpa `serupa`, hasilnya kosong.
    """
    view = View(request)
    query = SearchQuery.from_params(request.GET, office=view.office)
    found = SearchResults(query=query) if query.is_empty else find(query)
    return rendered(answer(view, found))


@router.get(
    "search/suggest",
    response=answers(SearchCompletions, LIST_PROBLEMS),
    url_name="search-suggest",
    operation_id="suggest",
    summary="Saran selagi mengetik",
)
def suggest(request: HttpRequest, parameters: Query[SuggestParameters]):
    """Istilah, judul, dan nomor peraturan yang mungkin sedang diketik: setiap kata mengawali salah satu katanya.

    Kurang dari dua huruf, atau tidak ada yang cocok: kosong.
    """
    view = View(request)
    query = SearchQuery.from_params(request.GET, office=view.office)
    return rendered(completions(view, query.text, complete(query)))
