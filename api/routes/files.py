"""Files that the public may take along, and their texts page by page."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from api import scope
from api.paging import part
from api.parameters import Paged
from api.present import files as present
from api.present.base import View
from api.problems import NotFound
from api.routes.responses import LIST_PROBLEMS, MISSING, answers
from api.schemas.common import Listing
from api.schemas.files import File, FileText

router = Router(tags=["Berkas"])


@router.get(
    "files/{int:pk}",
    response=answers(File, MISSING),
    url_name="file",
    operation_id="get_file",
    summary="Satu berkas",
)
def file(request: HttpRequest, pk: int):
    """Keterangan berkas: nama, format, ukuran, halaman, sidik jari, keadaan teksnya, dan alamat unduhannya."""
    return present.file(View(request), scope.document(pk))


@router.get(
    "files/{int:pk}/pages",
    response=answers(Listing[FileText], LIST_PROBLEMS),
    url_name="file-pages",
    operation_id="list_file_pages",
    summary="Teks berkas",
)
def file_pages(request: HttpRequest, response: HttpResponse, pk: int, parameters: Query[Paged]):
    """Teks berkas menurut halaman (pada buku kerja: lembar). Naskah resminya adalah berkasnya sendiri."""
    view, document = View(request), scope.document(pk)

    def texts(view, pages):
        return [present.text(view, page, document) for page in pages]

    return part(view, document.pages.order_by("number"), parameters, texts, response)


@router.get(
    "files/{int:pk}/pages/{int:number}",
    response=answers(FileText, MISSING),
    url_name="file-page",
    operation_id="get_file_page",
    summary="Teks satu halaman",
)
def file_page(request: HttpRequest, pk: int, number: int):
    """Teks satu halaman berkas."""
    view, document = View(request), scope.document(pk)
    page = document.pages.filter(number=number).first() if number <= scope.LARGEST_ID else None
    if page is None:
        raise NotFound("Berkas ini tidak punya halaman dengan nomor itu.")
    return present.text(view, page, document)
