"""One spelling for words that are spelled in several ways.

General rules and lists of the Indonesian language (KBBI's standard form beside the common non-standard one, and the
spelling before 1972), not of any collection. :func:`canonical` is applied to the words of the index and of the
query alike, so either spelling finds the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Non-standard or older form -> standard form (roots; affixed forms are reached through :data:`_INSIDE`).
VARIANTS: dict[str, str] = {
    word: standard
    for standard, words in {
        "aktivitas": "aktifitas",
        "ambulans": "ambulan ambulance",
        "analisis": "analisa",
        "andal": "handal",
        "antre": "antri",
        "apotek": "apotik",
        "apoteker": "apotiker",
        "asas": "azas",
        "asasi": "azasi",
        "atlet": "atlit",
        "azan": "adzan",
        "balans": "balance",
        "batalyon": "bataliyon",
        "biosfer": "biosfir",
        "bus": "bis",
        "cedera": "cidera",
        "cendekiawan": "cendikiawan",
        "detail": "detil",
        "detergen": "deterjen",
        "desain": "disain",
        "diagnosis": "diagnosa",
        "doktoranda": "doktoranda",
        "durian": "duren",
        "efektivitas": "efektifitas",
        "ekspor": "eksport export",
        "ekstrem": "ekstrim",
        "esai": "esei",
        "februari": "pebruari",
        "fondasi": "pondasi",
        "formal": "formil",
        "materiel": "materil",
        "fotokopi": "photocopy fotocopy potokopi",
        "foto": "photo",
        "frekuensi": "frekwensi",
        "gladi": "geladi",
        "griya": "gria",
        "gubernur": "gouverneur",
        "hakikat": "hakekat",
        "haji": "hadji",
        "hierarki": "hirarki",
        "hipotek": "hipotik hypotheek hipotheek",
        "hoaks": "hoax",
        "ijazah": "ijasah idjazah",
        "ikhlas": "iklas",
        "imbau": "himbau",
        "impor": "import",
        "insaf": "insyaf",
        "interogasi": "introgasi",
        "intelijen": "inteligen intelejen",
        "isap": "hisap",
        "istri": "isteri",
        "izin": "ijin idzin",
        "jadwal": "jadual",
        "jenazah": "jenasah",
        "jenderal": "jendral djenderal",
        "jumat": "jumaat",
        "justru": "justeru",
        "kanker": "cancer",
        "karier": "karir",
        "kaveling": "kavling kapling",
        "kedaluwarsa": "kadaluwarsa kadaluarsa daluwarsa",
        "kelas": "klas",
        "klinik": "clinic",
        "kloter": "keloter",
        "komoditas": "komoditi",
        "kompleks": "komplek",
        "komplet": "komplit",
        "konferensi": "konperensi konverensi",
        "konkret": "konkrit kongkrit kongkret",
        "konsekuensi": "konsekwensi",
        "konstruksi": "kontruksi",
        "koordinasi": "kordinasi",
        "kreativitas": "kreatifitas",
        "kualifikasi": "kwalifikasi",
        "kualitas": "kwalitas",
        "kuantitas": "kwantitas",
        "kuartal": "kwartal",
        "kuitansi": "kwitansi",
        "kuorum": "korum quorum",
        "kuota": "kwota quota",
        "laboratorium": "laboratorim",
        "lembap": "lembab",
        "lisensi": "license",
        "lobi": "lobby",
        "manajemen": "management menejemen",
        "manajer": "manager manejer",
        "masjid": "mesjid",
        "maskapai": "maskape",
        "menteri": "mentri",
        "merek": "merk",
        "meterai": "materai meterei",
        "metode": "metoda",
        "miliar": "milyar",
        "misionaris": "missionaris",
        "modern": "moderen",
        "motif": "motip",
        "museum": "musium",
        "muslihat": "muslihad",
        "napas": "nafas",
        "nasihat": "nasehat",
        "negatif": "negatip",
        "negeri": "negri",
        "notula": "notulen",
        "november": "nopember",
        "objek": "obyek",
        "objektif": "obyektif",
        "olahraga": "olahraga",
        "oligarki": "oligarkhi",
        "omzet": "omset",
        "otopsi": "autopsi",
        "paham": "faham",
        "pasfoto": "pasphoto",
        "paspor": "pasport passport",
        "pelepah": "pelepah",
        "permukiman": "pemukiman",
        "persen": "prosen",
        "persentase": "prosentase",
        "peta": "petah",
        "plaza": "plasa",
        "polisi": "polisie",
        "positif": "positip",
        "praktik": "praktek",
        "prangko": "perangko",
        "produktivitas": "produktifitas",
        "profesional": "professional",
        "proporsional": "proposional",
        "protes": "protest",
        "provinsi": "propinsi provincie",
        "putra": "putera",
        "putri": "puteri",
        "ramadan": "ramadhan ramadlan",
        "rapor": "raport",
        "rasional": "rasionil",
        "regional": "rejional",
        "relevan": "relevant",
        "respons": "respon",
        "rezeki": "rejeki rizki",
        "risiko": "resiko",
        "sah": "syah",
        "saksama": "seksama",
        "salat": "sholat shalat solat",
        "sekretariat": "sekertariat",
        "sekretaris": "sekertaris sekertari",
        "selebritas": "selebriti",
        "semifinal": "semi-final",
        "sertifikat": "sertipikat",
        "sertifikasi": "sertipikasi",
        "sigaret": "sigaret",
        "silakan": "silahkan",
        "sintesis": "sintesa",
        "hipotesis": "hipotesa",
        "sirop": "sirup",
        "sistem": "sistim",
        "sistematis": "sistimatis",
        "spesies": "species",
        "sportivitas": "sportifitas",
        "standar": "standart standard",
        "standardisasi": "standarisasi",
        "subjek": "subyek",
        "subjektif": "subyektif",
        "subsidi": "subsidie",
        "survei": "survai survey",
        "syawal": "sawal",
        "tampak": "nampak",
        "tarif": "tarip",
        "teknik": "tehnik",
        "teknis": "tehnis",
        "teknologi": "tehnologi",
        "teladan": "tauladan",
        "telantar": "terlantar",
        "teoretis": "teoritis",
        "terampil": "trampil",
        "transpor": "transport",
        "tripleks": "triplek",
        "ubah": "rubah",
        "mengubah": "merubah",
        "diubah": "dirubah",
        "ultrasonik": "ultrasonic",
        "urine": "urin",
        "utang": "hutang",
        "vila": "villa",
        "vitamin": "pitamin",
        "wasalam": "wassalam",
        "wujud": "ujud",
        "yayasan": "jajasan",
        "yudikatif": "judikatif",
        "yurisdiksi": "jurisdiksi",
        "zaman": "jaman",
        "zona": "zone",
        "limbah": "limba",
        "mobilitas": "mobilitet",
        "universitas": "universitet",
        "fakultas": "fakultet",
        "otoritas": "otoritet",
        "nasional": "nasionil",
        "rehabilitasi": "rehabilitir",
        "legalisasi": "legalisir",
        "koordinir": "kordinir",
        "mesin": "machine",
        "teritorial": "territorial teritoriil",
        "kolonel": "kolonil",
        "personel": "personil personalia",
        "komersial": "komersiil komersil",
        "parsial": "parsiil",
        "spesial": "spesiil",
        "sosial": "sosiil",
        "imaterial": "immateriil imateriil",
        "prinsip": "prinsipe",
        "faksimile": "faksimili facsimile",
        "elektronik": "elektronika",
        "narapidana": "napi",
        "nonpajak": "non-pajak",
        "pascasarjana": "paskasarjana",
        "pasca": "paska",
        "wakaf": "waqaf wakap",
        "zakat": "jakat",
        "infak": "infaq",
        "sedekah": "shadaqah sodakoh",
        "baitulmal": "baitulmaal",
        "ulama": "oelama",
        "syariat": "syari",
        "syariah": "syareah sharia",
        "daerah": "daerha",
        "kotamadya": "kotamadia",
        "walikota": "walikotamadya",
    }.items()
    for word in words.split()
    if word != standard and "-" not in word
}

# Endings and clusters that were borrowed in two ways, anywhere in a longer word.
_RULES: tuple[tuple[re.Pattern, str], ...] = (
    (re.compile(r"ifitas$"), "ivitas"),
    (re.compile(r"ifitas(?=nya$)"), "ivitas"),
    (re.compile(r"^kwal"), "kual"),
    (re.compile(r"^kwan"), "kuan"),
    (re.compile(r"sy?onil$"), "sional"),
    (re.compile(r"([aeiou])riil$"), r"\1rial"),
    (re.compile(r"([bcdfgklmnprtv])\1(?=[aeiou])"), r"\1"),
    (re.compile(r"ph(?=[aeiour])"), "f"),
)

# The root may stand inside affixes: mengijinkan, perijinan, seijin.
_INSIDE: tuple[tuple[re.Pattern, str], ...] = tuple(
    (re.compile(rf"(?<![a-z]){prefix}{old}(?={suffix}$)"), new)
    for old, new, prefix, suffix in (
        ("ijin", "izin", r"((?:per|se|meng|di|ber|ter|pe|memper|diper)?)", r"(?:kan|an|nya|lah|annya)?"),
        ("hutang", "utang", r"((?:pi|ber|peng|meng|ter|di|per)?)", r"(?:an|nya|kan|annya)?"),
        ("himbau", "imbau", r"((?:meng|peng|di)?)", r"(?:an|nya|kan|annya)?"),
        ("hisap", "isap", r"((?:meng|peng|di|ter)?)", r"(?:an|nya|kan|annya)?"),
        ("praktek", "praktik", r"((?:mem|di|ber|pe)?)", r"(?:kan|an|nya|annya)?"),
        ("obyek", "objek", r"()", r"(?:nya|tif|an)?"),
        ("subyek", "subjek", r"()", r"(?:nya|tif)?"),
        ("propinsi", "provinsi", r"((?:se|antar|ke)?)", r"(?:nya|an)?"),
        ("analisa", "analisis", r"((?:meng|di|peng)?)", r"(?:nya)?"),
        ("trampil", "terampil", r"((?:ke)?)", r"(?:an|nya|annya)?"),
        ("sekertari", "sekretari", r"((?:ke)?)", r"(?:s|at|atan)?(?:nya)?"),
        ("sertipikat", "sertifikat", r"((?:ber|men|di)?)", r"(?:nya|kan|i)?"),
        ("standarisasi", "standardisasi", r"((?:men|di|ber|ter)?)", r"(?:kan|nya)?"),
        ("milyar", "miliar", r"((?:se)?)", r"(?:an)?"),
        ("tehni", "tekni", r"()", r"(?:k|s|si)(?:nya)?"),
        ("tehnolog", "teknolog", r"((?:ber)?)", r"i(?:nya)?"),
        ("nasehat", "nasihat", r"((?:me|pe|di)?)", r"(?:i|nya|kan)?"),
        ("terlantar", "telantar", r"((?:men|di|pe|ke)?)", r"(?:kan|an|nya)?"),
        ("standart", "standar", r"((?:ber|ter)?)", r"(?:nya|kan)?"),
        ("lembab", "lembap", r"((?:ke)?)", r"(?:an|kan)?"),
        ("syah", "sah", r"((?:penge|menge|di|ke)?)", r"(?:kan|an|nya)?"),
        ("handal", "andal", r"((?:ke|meng)?)", r"(?:an|kan)?"),
        ("merk", "merek", r"((?:ber)?)", r"(?:nya)?"),
        ("jadual", "jadwal", r"((?:pen|men|di|ter)?)", r"(?:kan|an|nya)?"),
        ("antri", "antre", r"((?:meng)?)", r"(?:an)?"),
    )
)

# The spelling before 1972 (and before 1947: oe).
_OLD = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"))
_OLD_SIGN = re.compile(r"oe|tj|dj|nj|sj|ch")


@lru_cache(maxsize=200_000)
def canonical(word: str) -> str:
    """The usual spelling of one folded word; itself when no rule applies."""
    if not word.isalpha() or len(word) < 3:
        return word
    standard = VARIANTS.get(word)
    if standard:
        return standard
    if word.endswith("nya") and word[:-3] in VARIANTS:
        return VARIANTS[word[:-3]] + "nya"
    for pattern, new in _INSIDE:
        changed = pattern.sub(rf"\g<1>{new}", word)
        if changed != word:
            return changed
    return word


@lru_cache(maxsize=50_000)
def modernised(word: str) -> str:
    """Today's spelling of a word that no dictionary knows: borrowed endings, doubled consonants, old letters."""
    for pattern, new in _RULES:
        changed = pattern.sub(new, word)
        if changed != word:
            return VARIANTS.get(changed, changed)
    if _OLD_SIGN.search(word):
        for old, new in _OLD:
            word = word.replace(old, new)
        return VARIANTS.get(word, word)
    return word
