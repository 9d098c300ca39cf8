"""Texts of the office's decrees in the demo, written for it: page by page, as the generated PDFs show them."""

PAGE_SEVEN_SENTENCE = "Petugas meja layanan membacakan dokumen bagi pemohon tunanetra tanpa memungut biaya."
"""Stands on page 7 of the service standard and nowhere else, to try the search for a page."""

SERVICE_HOURS = (
    (
        "MEMUTUSKAN: Menetapkan jadwal pelayanan informasi dan dokumentasi publik di lingkungan KPU Kota Serang.",
        "KESATU: Pelayanan informasi diselenggarakan setiap hari kerja, Senin sampai dengan Jumat, pukul 09.00 sampai "
        "15.00 WIB.",
        "KEDUA: Waktu istirahat pukul 12.00 sampai 13.00 WIB.",
    ),
    (
        "KETIGA: Permohonan lewat situs e-PPID diterima setiap saat dan diproses pada hari kerja.",
        "KEEMPAT: Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ),
)

SERVICE_STANDARD = (
    (
        "Menimbang: bahwa setiap orang berhak memperoleh informasi publik dengan cepat, tepat waktu, berbiaya ringan, "
        "dan dengan cara sederhana.",
        "Mengingat: Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik.",
        "MEMUTUSKAN: Menetapkan standar pelayanan informasi dan dokumentasi publik di lingkungan KPU Kota Serang.",
    ),
    (
        "BAB I. KETENTUAN UMUM",
        "Standar ini berlaku bagi semua petugas yang melayani permohonan informasi.",
        "Pemohon adalah warga negara atau badan hukum Indonesia yang mengajukan permohonan informasi.",
    ),
    (
        "BAB II. PENGUMUMAN INFORMASI",
        "Informasi berkala diumumkan paling sedikit setiap enam bulan melalui situs dan papan pengumuman.",
        "Informasi serta-merta diumumkan tanpa penundaan dengan bahasa yang mudah dipahami.",
    ),
    (
        "BAB III. PERMOHONAN INFORMASI",
        "Permohonan diajukan secara tertulis atau lisan. Permohonan lisan dicatat oleh petugas.",
        "Setiap permohonan memperoleh nomor pendaftaran sebagai tanda terima.",
    ),
    (
        "BAB IV. JANGKA WAKTU",
        "Pemberitahuan tertulis disampaikan dalam jangka waktu yang ditentukan peraturan perundang-undangan.",
        "Perpanjangan hanya satu kali dan disertai alasan tertulis.",
    ),
    (
        "BAB V. BIAYA",
        "Salinan digital tidak dikenai biaya.",
        "Biaya penggandaan cetakan mengikuti harga setempat dan diberitahukan sebelumnya.",
    ),
    (
        "BAB VI. LAYANAN BAGI PENYANDANG DISABILITAS",
        PAGE_SEVEN_SENTENCE,
        "Meja layanan mudah dicapai dengan kursi roda.",
    ),
    (
        "BAB VII. KEBERATAN",
        "Pemohon yang tidak puas dapat mengajukan keberatan kepada Atasan PPID.",
        "Atasan PPID menjawab keberatan secara tertulis.",
    ),
    (
        "BAB VIII. PENUTUP",
        "Standar ini dievaluasi setiap tahun bersama laporan layanan informasi.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ),
)

STRUCTURE = (
    (
        "Pembina PPID: Ketua KPU Kota Serang.",
        "Tim Pertimbangan: Anggota KPU Kota Serang.",
        "Atasan PPID: Sekretaris KPU Kota Serang.",
    ),
    (
        "PPID: Kepala Subbagian SDM dan Partisipasi Masyarakat.",
        "Tim Penghubung: Kepala Subbagian Program dan Data, Kepala Subbagian Hukum, dan Kepala Subbagian Keuangan, "
        "Umum, dan Logistik.",
        "Desk Pelayanan: Pelaksana Subbagian SDM dan Partisipasi Masyarakat.",
    ),
)
