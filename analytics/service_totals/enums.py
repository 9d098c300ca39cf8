"""Codes by which requests and applicants are told apart, as in the request form (Model PPID-B) and yearly reports."""

from django.db import models


class Sex(models.TextChoices):
    """Sex of the applicant; telling it is voluntary."""

    MALE = "laki_laki", "Laki-laki"
    FEMALE = "perempuan", "Perempuan"
    NOT_STATED = "tidak_disebutkan", "Tidak disebutkan"


class Occupation(models.TextChoices):
    """Occupation of the applicant. A party is an affiliation, but the offices' reports count it here."""

    STUDENT = "mahasiswa", "Mahasiswa"
    PUPIL = "pelajar", "Pelajar"
    CIVIL_SERVANT = "pns", "PNS dan PPPK"
    ARMED_FORCES = "tni_polri", "TNI dan Polri"
    EMPLOYEE = "karyawan", "Karyawan swasta, BUMN, BUMD"
    SELF_EMPLOYED = "wiraswasta", "Wiraswasta"
    FARMER = "petani_nelayan", "Petani, nelayan, buruh"
    TEACHER = "guru_dosen", "Guru, dosen, peneliti"
    JOURNALIST = "wartawan", "Wartawan"
    ADVOCATE = "advokat", "Advokat"
    ASSOCIATION = "ormas_lsm", "Organisasi masyarakat, LSM"
    PARTY = "partai_politik", "Partai politik"
    OTHER = "lainnya", "Lainnya"
    NOT_STATED = "tidak_disebutkan", "Tidak disebutkan"


class Channel(models.TextChoices):
    """How the request came in."""

    IN_PERSON = "langsung", "Datang langsung"
    SITE = "e_ppid", "e-PPID"
    EMAIL = "surel", "Surel"
    LETTER = "surat", "Surat"
    PHONE = "telepon", "Telepon"
    FAX = "faks", "Faks"
    WHATSAPP = "whatsapp", "WhatsApp"
    OTHER = "lainnya", "Lainnya"
    NOT_STATED = "tidak_disebutkan", "Tidak dicatat"


class Decision(models.TextChoices):
    """What became of a request by the end of the year."""

    GRANTED = "dikabulkan", "Dikabulkan seluruhnya"
    PARTLY = "dikabulkan_sebagian", "Dikabulkan sebagian"
    REFUSED = "ditolak", "Ditolak"
    NOT_HELD = "tidak_dikuasai", "Tidak dikuasai, diteruskan"
    WITHDRAWN = "dicabut", "Dicabut pemohon"
    INCOMPLETE = "tidak_lengkap", "Tidak dilengkapi pemohon"
    PENDING = "diproses", "Masih diproses"


#: Decisions of which the applicant gets a written notice, so that its days are counted (UU 14/2008 Pasal 22 ayat 7).
ANSWERED = (Decision.GRANTED, Decision.PARTLY, Decision.REFUSED, Decision.NOT_HELD)


class RefusalReason(models.TextChoices):
    """Why a request was refused as a whole."""

    EXEMPTED = "dikecualikan", "Informasi dikecualikan (Pasal 17)"
    NOT_AVAILABLE = "belum_dikuasai", "Belum dikuasai atau didokumentasikan"
    REQUIREMENTS = "syarat", "Syarat permohonan tidak lengkap"
