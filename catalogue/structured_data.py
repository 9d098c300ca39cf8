"""schema.org descriptions of the catalogue's pages. Only what the public page shows is in them."""

from catalogue.enums import RegulationStatus, RelationType
from home.structured_data import CONTEXT, organization

_LEGAL_FORCE = {
    RegulationStatus.NOT_YET: "NotInForce",
    RegulationStatus.IN_FORCE: "InForce",
    RegulationStatus.AMENDED: "InForce",
    RegulationStatus.PARTLY_REVOKED: "PartiallyInForce",
    RegulationStatus.REVOKED: "NotInForce",
}
_RELATION_KEYS = {
    RelationType.REVOKES: "legislationRepeals",
    RelationType.REVOKES_PARTLY: "legislationChanges",
    RelationType.AMENDS: "legislationAmends",
    RelationType.IMPLEMENTS: "legislationEnsuresImplementationOf",
}


def _files(page, kind: str) -> list[dict]:
    """The page's public files as MediaObject or DataDownload (`kind`)."""
    office = page.office
    root = office.site.root_url if office else ""
    return [
        {
            key: value
            for key, value in {
                "@type": kind,
                "name": attachment.display_label,
                "contentUrl": root + attachment.document.url,
                "encodingFormat": attachment.document.mime_type,
                "contentSize": attachment.document.file_size,
            }.items()
            if value
        }
        for attachment in page.openable_files
    ]


def _clean(data: dict) -> dict:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def legislation(page) -> dict:
    """Describe a RegulationPage as Legislation: number, dates, force today, relations, files."""
    relations: dict[str, list] = {}
    for relation in page.outgoing:
        key = _RELATION_KEYS.get(relation.jenis)
        if key and relation.target_is_public:
            target = relation.target
            relations.setdefault(key, []).append(
                {"@type": "Legislation", "name": target.title, "url": target.full_url}
            )
    return _clean(
        {
            "@context": CONTEXT,
            "@type": "Legislation",
            "name": page.title,
            "alternateName": page.tentang,
            "url": page.full_url,
            "legislationIdentifier": page.citation,
            "legislationType": page.get_jenis_display(),
            "legislationDate": page.tanggal_penetapan and page.tanggal_penetapan.isoformat(),
            "datePublished": page.tanggal_pengundangan and page.tanggal_pengundangan.isoformat(),
            "legislationLegalForce": f"{CONTEXT}/{_LEGAL_FORCE[RegulationStatus(page.status_now.code)]}",
            "legislationJurisdiction": "ID",
            "legislationPassedBy": page.teu_badan,
            "keywords": page.subjek,
            "abstract": page.ringkasan,
            "inLanguage": "id",
            "encoding": _files(page, "MediaObject"),
            **relations,
        }
    )


def dataset(page) -> dict:
    """Describe an OpenDatasetPage as a Dataset: period, licence, columns, downloads."""
    start, end = page.periode_mulai, page.periode_selesai
    period = (
        f"{start.isoformat() if start else '..'}/{end.isoformat() if end else '..'}" if start or end else ""
    )
    return _clean(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "name": page.title,
            "description": page.ringkasan,
            "url": page.full_url,
            "license": page.license_url,
            "isAccessibleForFree": True,
            "temporalCoverage": period,
            "spatialCoverage": page.cakupan_wilayah,
            "creator": organization(page.office) if page.office else None,
            "variableMeasured": [column.nama for column in page.kolom.all()],
            "inLanguage": "id",
            "distribution": _files(page, "DataDownload"),
        }
    )
