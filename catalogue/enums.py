"""Named sets of the catalogue: types of regulations, relations, classes, legal grounds."""

from django.db import models

from common.regulation_types import REGULATION_TYPES

#: Types of regulations as choices of a field; the table itself is `common.regulation_types`.
REGULATION_TYPE_CHOICES = [(kind.code, kind.name) for kind in REGULATION_TYPES.values()]


class DocumentKind(models.TextChoices):
    """`tipe_dokumen` of the JDIH metadata standard (Permenkumham 8/2019)."""

    REGULATION = "peraturan", "Peraturan Perundang-undangan"
    MONOGRAPH = "monografi", "Monografi"
    ARTICLE = "artikel", "Artikel"
    VERDICT = "putusan", "Putusan"


class RelationType(models.TextChoices):
    """What the source regulation does to the target; the reverse reading is in `REVERSE_RELATION_LABELS`."""

    REVOKES = "mencabut", "Mencabut"
    REVOKES_PARTLY = "mencabut_sebagian", "Mencabut sebagian"
    AMENDS = "mengubah", "Mengubah"
    IMPLEMENTS = "melaksanakan", "Melaksanakan"
    ESTABLISHES = "menetapkan", "Menetapkan"
    REFERS = "mengacu", "Mengacu"


REVERSE_RELATION_LABELS = {
    RelationType.REVOKES: "Dicabut oleh",
    RelationType.REVOKES_PARTLY: "Dicabut sebagian oleh",
    RelationType.AMENDS: "Diubah oleh",
    RelationType.IMPLEMENTS: "Dilaksanakan oleh",
    RelationType.ESTABLISHES: "Ditetapkan oleh",
    RelationType.REFERS: "Dirujuk oleh",
}


class RegulationStatus(models.TextChoices):
    """Effective status of a regulation on a date; derived, never typed."""

    NOT_YET = "belum_berlaku", "Belum berlaku"
    IN_FORCE = "berlaku", "Berlaku"
    AMENDED = "diubah", "Berlaku, telah diubah"
    PARTLY_REVOKED = "dicabut_sebagian", "Berlaku, dicabut sebagian"
    REVOKED = "dicabut", "Tidak berlaku"


IN_FORCE_STATUSES = (RegulationStatus.IN_FORCE, RegulationStatus.AMENDED, RegulationStatus.PARTLY_REVOKED)


class InformationClass(models.TextChoices):
    """Classes of public information (UU 14/2008, Pasal 9 to 11); exempted information is no class of the DIP."""

    BERKALA = "berkala", "Informasi Berkala"
    SERTA_MERTA = "serta_merta", "Informasi Serta-Merta"
    SETIAP_SAAT = "setiap_saat", "Informasi Setiap Saat"


CLASS_SLUGS = {
    InformationClass.BERKALA: "berkala",
    InformationClass.SERTA_MERTA: "serta-merta",
    InformationClass.SETIAP_SAAT: "setiap-saat",
}

CLASS_EXPLANATIONS = {
    InformationClass.BERKALA: "Diperbarui rutin, paling lama tiap enam bulan: profil, program, keuangan.",
    InformationClass.SERTA_MERTA: "Diumumkan segera karena menyangkut keselamatan atau kepentingan orang banyak.",
    InformationClass.SETIAP_SAAT: "Selalu tersedia dan dapat diminta kapan saja: keputusan, prosedur, perjanjian.",
}


class KPUCategory(models.TextChoices):
    """`Kategori Informasi Publik` of form Model PPID-B; it chooses the statutory clock."""

    ELECTION = "tahapan", "Informasi Tahapan Pemilu"
    BODY = "badan_publik", "Informasi KPU sebagai Badan Publik"


class UpdatePeriod(models.TextChoices):
    """How often an entry must be renewed (berkala: at least every six months, UU 14/2008 Pasal 9)."""

    MONTHLY = "bulanan", "Setiap bulan"
    QUARTERLY = "triwulan", "Setiap tiga bulan"
    HALF_YEARLY = "semester", "Setiap enam bulan"
    YEARLY = "tahunan", "Setiap tahun"
    ON_CHANGE = "saat_berubah", "Saat ada perubahan"


UPDATE_PERIOD_MONTHS = {
    UpdatePeriod.MONTHLY: 1,
    UpdatePeriod.QUARTERLY: 3,
    UpdatePeriod.HALF_YEARLY: 6,
    UpdatePeriod.YEARLY: 12,
}


class Article17(models.TextChoices):
    """Grounds of exemption: UU 14/2008, Pasal 17 letters a to j."""

    A = "a", "a. menghambat penegakan hukum"
    B = "b", "b. mengganggu kekayaan intelektual dan persaingan usaha"
    C = "c", "c. membahayakan pertahanan dan keamanan negara"
    D = "d", "d. mengungkap kekayaan alam Indonesia"
    E = "e", "e. merugikan ketahanan ekonomi nasional"
    F = "f", "f. merugikan hubungan luar negeri"
    G = "g", "g. mengungkap akta otentik pribadi dan wasiat"
    H = "h", "h. mengungkap rahasia pribadi"
    I = "i", "i. memorandum atau surat yang menurut sifatnya dirahasiakan"  # noqa: E741
    J = "j", "j. tidak boleh diungkap menurut undang-undang lain"


class ExemptionStatus(models.TextChoices):
    """Status of an exemption; ended ones stay listed with what ended them."""

    IN_FORCE = "berlaku", "Berlaku"
    ENDED = "berakhir", "Berakhir"
    OPENED = "dibuka_oleh_putusan", "Dibuka oleh putusan"
    REVOKED = "dicabut", "Dicabut"


class TestTrigger(models.TextChoices):
    """What a consequence test was made for (PERKI 1/2021, Pasal 49)."""

    __test__ = False

    BEFORE = "sebelum_permintaan", "Sebelum ada permintaan"
    REQUEST = "saat_permintaan", "Karena ada permintaan"
    ORDER = "perintah_majelis", "Perintah Majelis Komisioner"


class TestOutcome(models.TextChoices):
    """Conclusion of a consequence test (PKPU 22/2023, Pasal 25 step f)."""

    __test__ = False

    OPEN_CASE = "", "Belum disimpulkan"
    EXEMPTED = "dikecualikan", "Dikecualikan"
    PARTLY = "sebagian", "Dikecualikan sebagian"
    PUBLIC = "terbuka", "Terbuka"


EXEMPTING_OUTCOMES = (TestOutcome.EXEMPTED, TestOutcome.PARTLY)


class FileRole(models.TextChoices):
    """What a file of an entry is."""

    MAIN = "naskah", "Naskah lengkap"
    ABSTRACT = "abstrak", "Abstrak"
    ATTACHMENT = "lampiran", "Lampiran"
    DATA = "data", "Data"


class License(models.TextChoices):
    """Licences of open data."""

    CC_BY = "cc-by-4.0", "Creative Commons Atribusi 4.0 (CC BY 4.0)"
    CC0 = "cc0-1.0", "Domain publik (CC0 1.0)"
    PUBLIC = "publik", "Bebas dipakai dengan menyebut sumber"


LICENSE_URLS = {
    License.CC_BY: "https://creativecommons.org/licenses/by/4.0/deed.id",
    License.CC0: "https://creativecommons.org/publicdomain/zero/1.0/deed.id",
    License.PUBLIC: "",
}


class ReportStatus(models.TextChoices):
    """State of an annual service report."""

    DRAFT = "draf", "Draf"
    SIGNED = "ditandatangani", "Ditandatangani"
