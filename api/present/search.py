"""Search results."""

from api.addresses import SEARCH_PAGE
from api.present.base import View
from api.schemas import search as shapes
from api.schemas.common import Choice
from search.feeds import feed_url
from search.types import Completion, Extract, Facet, Hit, SearchResults


def _choice(code: str, text: str) -> Choice | None:
    return Choice(kode=code, label=text) if code else None


def answer(view: View, results: SearchResults) -> shapes.SearchAnswer:
    """Return results with their facets; the links lead to the same search here and on the page."""
    query = results.query
    address = view.addresses.named("search")  # once: a facet may have hundreds of values
    return shapes.SearchAnswer(
        q=query.text,
        total=results.total,
        halaman=query.page,
        ukuran=query.size,
        jumlah_halaman=results.num_pages,
        sebelumnya=_api_url(address, query.querystring(page=min(query.page, results.num_pages + 1) - 1))
        if results.has_previous
        else None,
        berikutnya=_api_url(address, query.querystring(page=query.page + 1)) if results.has_next else None,
        url=view.addresses.absolute(f"{SEARCH_PAGE}?{query.querystring()}"),
        umpan_url=view.addresses.absolute(feed_url(query)),
        data=[_hit(view, hit) for hit in results.hits],
        saringan=[_facet(address, facet) for facet in results.facets],
        saran=(
            shapes.SearchSuggestion(
                teks=results.suggestion.text, api_url=_api_url(address, results.suggestion.url)
            )
            if results.suggestion
            else None
        ),
        dikoreksi_dari=results.corrected_from,
        juga_dicari=list(results.expansions),
        pemberitahuan=" ".join(sentence for sentence in (query.problem, results.notice) if sentence),
    )


def completions(view: View, text: str, found: list[Completion]) -> shapes.SearchCompletions:
    """Return what a text may be the beginning of."""
    return shapes.SearchCompletions(
        q=text,
        data=[
            shapes.SearchCompletion(
                teks=completion.text,
                keterangan=completion.detail,
                jenis=completion.kind,
                url=view.addresses.absolute(completion.url) if completion.url else None,
            )
            for completion in found
        ],
    )


def _api_url(address: str, querystring: str) -> str:
    return address + (f"?{querystring.lstrip('?')}" if querystring else "")


def _hit(view: View, hit: Hit) -> shapes.SearchHit:
    return shapes.SearchHit(
        id=hit.page_id,
        kategori=Choice(kode=hit.kategori, label=hit.kategori_label),
        judul=hit.title,
        judul_html=hit.title_html,
        tentang_html=hit.subject_html,
        url=view.addresses.absolute(hit.url),
        api_url=view.addresses.of_kind(hit.kategori, hit.page_id, hit.url),
        sitasi=hit.citation,
        jenis=hit.jenis,
        nomor=hit.nomor,
        tahun=hit.tahun,
        klasifikasi=_choice(hit.klasifikasi, hit.klasifikasi_label),
        unit=hit.unit,
        kantor=hit.office,
        status=_choice(hit.status, hit.status_label),
        keterangan_status=hit.status_note,
        tanggal=hit.date,
        format_berkas=hit.file_format,
        ukuran_berkas=hit.file_size,
        halaman_berkas=hit.file_pages,
        ocr_diragukan=hit.ocr_doubt,
        pilihan_redaksi=hit.pinned,
        ringkasan=hit.summary,
        cuplikan=[_extract(view, extract, hit) for extract in hit.extracts],
    )


def _extract(view: View, extract: Extract, hit: Hit) -> shapes.SearchExtract:
    has_page = extract.document_id is not None and extract.page_number is not None
    return shapes.SearchExtract(
        html=extract.html,
        label=extract.label,
        url=view.addresses.absolute(extract.url or hit.url),
        halaman=extract.page_number,
        berkas_id=extract.document_id,
        api_url=view.addresses.named("file-page", extract.document_id, extract.page_number)
        if has_page
        else None,
        ocr_diragukan=extract.ocr_doubt,
    )


def _facet(address: str, facet: Facet) -> shapes.SearchFacet:
    return shapes.SearchFacet(
        nama=facet.name,
        label=facet.label,
        nilai=[
            shapes.SearchFacetValue(
                nilai=value.value,
                label=value.label,
                jumlah=value.count,
                dipilih=value.selected,
                api_url=_api_url(address, value.url),
            )
            for value in facet.values
        ],
    )
