# ruff: noqa: SIM905 (word lists read better as text)
"""Corrections to the dictionary of roots, as data.

``LEXICAL_ROOTS`` are words that look derived but mean something of their own; they stay whole, and forms of them
lead to them. ``NOT_ROOTS`` are entries of the dictionary that are forms or junk. ``STEM_OVERRIDES`` is the last
word on a stem. ``ABBREVIATIONS`` and place names are never stemmed.
"""

from __future__ import annotations

LEXICAL_ROOTS: frozenset[str] = frozenset(
    """
    pemilu pilkada pileg pilpres pilwalkot pilkades pemilukada keberatan anggaran pemerintah penduduk kedudukan
    pengadilan peradilan perusahaan kementerian menteri perseorangan perwalian partai pegawai peroleh
    pemilih serikat perserikatan persero perseroan kepala bersama pertama utama berita serta peserta
    beserta sertifikat terhadap tentang dengan melalui menurut sebagai bagian berdasar berlaku
    mediasi pemuda perempuan kesehatan kehutanan pengguna perguruan perantara pendapat
    pendapatan persekutuan pemuka penjara penyakit keluarga kesejahteraan kecamatan kelurahan
    kabupaten pejabat jabatan karyawan wartawan ketua ketetapan permen
    kewarganegaraan warganegara perwakilan keimigrasian imigrasi kepabeanan pabean
    pertahanan pertanahan perwira bintara tamtama narkotika psikotropika prekursor
    permukiman pariwisata perumahan perundang perbankan bank sistem verifikasi
    validasi akreditasi sertifikasi akuntansi akuntan auditor audit klasifikasi lisensi registrasi
    rekapitulasi sosialisasi evaluasi monitoring koordinasi konsultasi konsekuensi rehabilitasi
    rekonstruksi restitusi kompensasi remisi amnesti abolisi grasi ekstradisi deportasi
    arbitrase konsiliasi fidusia hipotek obligasi saham reksa sukuk wesel cek giro
    notaris advokat jaksa hakim panitera polisi tentara
    telekomunikasi informatika elektronik transaksi siber daring luring
    kosmetika farmasi apotek apoteker puskesmas posyandu
    pascabencana prasarana sarana swasta swadaya swakelola
    disabilitas difabel inklusif aksesibilitas
    komisioner ajudikasi sengketa dokumentasi arsip kearsipan
    terorisme teroris korupsi gratifikasi
    reboisasi konservasi habitat satwa
    onderneming landreform agraria
    mutakhir kecuali kelola selenggara mohon pungut tanggap tetap tolak
    sandera piutang utang tanggungjawab pangku sumberdaya tatausaha warganegara tandatangan alihfungsi
    """.split()
)

NOT_ROOTS: frozenset[str] = frozenset(
    """
    mungut milu pilu anggar nolak etap mukim pemukim perban olak nilai-menilai mula-mula perintis
    tinja gera bera ajar-mengajar peran-serta angguk-angguk per pen peng meng ber ter ke se di me
    beri-memberi benar-benar kan nya lah pun rubah belian adakan sahkan sahan petan akuan kerasan perata serahi
    kunduran kesiap deritaan mesan alami pekarang kenan mandir capa selesa sampa
    """.split()
) - frozenset({"mukim"})

STEM_OVERRIDES: dict[str, str] = {
    "pemilihan": "pilih",
    "pemilihannya": "pilih",
    "anggar": "anggaran",
    "penganggaran": "anggaran",
    "menganggarkan": "anggaran",
    "dianggarkan": "anggaran",
    "teranggarkan": "anggaran",
    "berikan": "beri",
    "berikanlah": "beri",
    "serangan": "penyerangan",
    "menyerang": "penyerangan",
    "diserang": "penyerangan",
    "terserang": "penyerangan",
    "penyerangan": "penyerangan",
    "penyerang": "penyerangan",
    "mungut": "pungut",
    "belajar": "ajar",
    "pelajar": "ajar",
    "pelajaran": "ajar",
    "pembelajaran": "ajar",
    "mempelajari": "ajar",
    "dipelajari": "ajar",
    "perbankan": "bank",
    "kementerian": "menteri",
    "kepolisian": "polisi",
    "kejaksaan": "jaksa",
    "kehakiman": "hakim",
    "perperban": "perban",
    "kewarganegaraan": "warganegara",
    "permukiman": "mukim",
    "pemukiman": "mukim",
    "bermukim": "mukim",
    "kesejahteraan": "sejahtera",
    "kesehatan": "sehat",
    "kehutanan": "hutan",
    "perumahan": "rumah",
    "kependudukan": "penduduk",
    "berpenduduk": "penduduk",
    "perundang": "undang",
    "perundangundangan": "undang",
    "peraturan": "atur",
    "pelaksana": "laksana",
    "pelaksanaan": "laksana",
    "kearsipan": "arsip",
    "kepabeanan": "pabean",
    "keimigrasian": "imigrasi",
    "pendapatan": "pendapatan",
    "kedudukan": "kedudukan",
    "berkedudukan": "kedudukan",
    "pengadilan": "peradilan",
    "perserikatan": "serikat",
    "persekutuan": "sekutu",
    "perseroan": "persero",
    "kabupaten": "kabupaten",
    "pejabat": "jabat",
    "jabatan": "jabat",
    "menjabat": "jabat",
    "dijabat": "jabat",
    "standardisasi": "standar",
    "terstandardisasi": "standar",
    "menstandardisasi": "standar",
    "keikutsertaan": "serta",
    "peserta": "peserta",
    "kepesertaan": "peserta",
    "menyandera": "sandera",
    "penyanderaan": "sandera",
    "disandera": "sandera",
    "tersandera": "sandera",
    "perempuan": "perempuan",
    "memangku": "pangku",
    "pemangku": "pangku",
    "pengeringan": "kering",
    "mengeringkan": "kering",
    "kemudian": "kemudian",
    "pemberantasan": "berantas",
    "memberantas": "berantas",
    "diberantas": "berantas",
}

ABBREVIATIONS: frozenset[str] = frozenset(
    """
    pkpu dpt dps dptb dpk dpshp dphp pdpb pantarlih coklit mutarlih kpps ppln bawaslu dkpp kpu kip ppid perki
    uud uu perppu perpres perda pergub perbup perwali keppres inpres permen kepmen permendagri permenkeu
    apbn apbd bumn bumd bumdes pnbp umkm koperasi lhkpn lapas rutan satpol bpjs jkn bkn lan anri bpk kpk
    """.split()
)

# meng-/peng- before a vowel has swallowed a k in these, although what is left is a word too.
RESTORED_K: tuple[str, ...] = tuple(
    """
    kunjung kawal kemas kubur kurang kumpul kirim kaji kenal kupas karang kembang kandung kuras kunci kutip kandang
    kantong kepung kelola kecuali kendali kerah kikis kecam kehendak kelompok kemuka keluar kena kerja kelilingi
    keluh kemudi koreksi korban konsumsi kuasa kuat kukuh kusut kolonisasi koordinasi
    """.split()
)

# ber-, ter-, per- before a root that itself begins with r.
ROOTS_WITH_R: tuple[str, ...] = tuple(
    """
    rasa rampas ragam rusak rawat rusuh rancang rendam rambah raja rencana runding rumah rumus rebut rantau rakit
    rekam rinci ruang rugi rubuh rakyat
    """.split()
)
