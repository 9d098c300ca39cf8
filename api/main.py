"""The API as one object: what it is called, what it contains, how it answers errors."""

from ninja import NinjaAPI

from api import problems
from api.openapi import ExampledSchema
from api.rendering import ReadableJSON
from api.routes import catalogue, content, files, search, verification

DESCRIPTION = """\
Semua yang tampil di situs kantor ini, sebagai JSON: regulasi, Daftar Informasi Publik, informasi dikecualikan, laporan,
data terbuka, berkas beserta teksnya, dan pencarian. Yang tidak tampil di situs tidak ada di sini. Bebas dibaca tanpa
kunci dan dari situs mana pun (CORS); tidak ada yang dapat ditulis.

Nama isian mengikuti formulir resmi (Model PPID-A, metadata JDIH). Tanggal ditulis menurut ISO 8601, ukuran berkas dalam
bita. Nilai tertutup berisi `kode` untuk program dan `label` untuk manusia. Jawaban boleh disimpan 60 detik; sesudah itu
tanyakan lagi dengan `If-None-Match` dan ETag-nya. Kesalahan dijawab sebagai `application/problem+json`.\
"""


class PublicAPI(NinjaAPI):
    """The ninja API, with examples in its OpenAPI description."""

    def get_openapi_schema(self, *, path_prefix: str = "/api/v1/", path_params=None):
        """Return the OpenAPI 3.1 description."""
        return ExampledSchema(self, path_prefix)


api = PublicAPI(
    title="API e-PPID",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    renderer=ReadableJSON(),
    urls_namespace="ppid-api",
    openapi_extra={
        "tags": [
            {"name": "Kantor", "description": "Kantor, beranda, dan halaman teksnya."},
            {
                "name": "Katalog",
                "description": "Regulasi, DIP, informasi dikecualikan, laporan, data terbuka.",
            },
            {
                "name": "Berkas",
                "description": "Berkas yang terbuka untuk umum dan teksnya, halaman demi halaman.",
            },
            {"name": "Pencarian", "description": "Pencarian yang sama dengan /cari/."},
        ]
    },
)
problems.install(api)
for module in (catalogue, files, verification, search, content):
    api.add_router("", module.router)
