"""What the demo office's pages say. Facts are those of the office's public annual report; the words are new."""

from home.enums import FAQTopic

EXAMPLE = "Entri contoh untuk peragaan; isinya bukan dokumen resmi."

WELCOME = (
    "Pemilu milik semua orang, dan begitu pula keterangannya. Di sini Anda dapat membaca peraturan, keputusan, hasil "
    "pemilu, dan laporan kerja KPU Kota Serang tanpa perlu datang ke kantor.",
    "Informasi kami susun menurut pembagian Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik: "
    "yang diperbarui secara berkala, yang diumumkan serta-merta, dan yang tersedia setiap saat. Pencarian membaca isi "
    "berkas sampai ke halamannya.",
    "Tidak menemukan yang Anda cari? Ajukan permohonan. Kami jawab dalam hari kerja yang ditentukan undang-undang, dan "
    "salinan digital tidak dikenai biaya.",
)
UPPER_WELCOME = (
    "<p>Situs contoh {name}. Di sini tersimpan keputusan yang menjadi dasar pengecualian informasi pada kantor di "
    "bawahnya.</p>"
)

PROFILE = (
    (
        "Visi dan Misi",
        "Teks contoh: kantor mengisi visi dan misinya sendiri.",
        (
            "Contoh visi: menjadi penyelenggara pemilu yang mandiri, profesional, dan berintegritas.",
            "Contoh misi: menyediakan informasi kepemiluan yang mudah diperoleh setiap orang, termasuk penyandang "
            "disabilitas, dan melayani permohonan informasi dengan cepat, tepat waktu, dan berbiaya ringan.",
        ),
    ),
    (
        "Tugas dan Fungsi PPID",
        "Apa yang dikerjakan Pejabat Pengelola Informasi dan Dokumentasi.",
        (
            "PPID menyimpan, mendokumentasikan, menyediakan, dan melayani informasi publik yang dikuasai KPU Kota "
            "Serang.",
            "PPID menetapkan dan memutakhirkan Daftar Informasi Publik, mengusulkan pengujian konsekuensi, dan "
            "menyusun laporan layanan informasi setiap tahun.",
        ),
    ),
    (
        "Maklumat Pelayanan",
        "Janji layanan kami kepada Anda.",
        (
            "Kami melayani permohonan informasi pada hari kerja pukul 09.00 sampai 15.00 WIB, dengan istirahat pukul "
            "12.00 sampai 13.00.",
            "Jawaban atas permohonan kami sampaikan secara tertulis dalam jangka waktu menurut undang-undang. Salinan "
            "digital tidak dikenai biaya.",
            "Petugas membantu pemohon yang membutuhkan pendampingan, termasuk membacakan dokumen.",
            "Teks ini contoh; maklumat resmi ditetapkan oleh kantor.",
        ),
    ),
    (
        "Sarana dan Prasarana",
        "Yang tersedia di meja layanan.",
        (
            "Meja layanan dilengkapi meja, kursi, alat tulis, komputer, formulir, dan printer.",
            "Meja layanan berada di kantor KPU Kota Serang, Jl. KH. A. Fatah Hasan No. 247, Bunderan Ciceri, Sumur "
            "Pecung.",
        ),
    ),
    (
        "Anggaran Layanan Informasi",
        "Untuk apa anggaran layanan informasi dipakai.",
        (
            "Anggaran layanan informasi terutama dipakai untuk alat tulis kantor, seperti kertas, pulpen, dan tinta "
            "printer.",
            "Permohonan dokumen berbentuk berkas digital tidak dikenai biaya.",
        ),
    ),
)

STRUCTURE_DECREE = "Keputusan KPU Kota Serang Nomor 085.A/HK.03.01-Kpt/3673/KPU-Kot/IV/2020"
STRUCTURE = (
    ("Pembina PPID", "Ketua KPU Kota Serang", "Membina pelaksanaan pelayanan informasi."),
    (
        "Tim Pertimbangan",
        "Anggota KPU Kota Serang",
        "Memberi pertimbangan atas pengecualian informasi dan keberatan.",
    ),
    (
        "Atasan PPID",
        "Sekretaris KPU Kota Serang",
        "Memutuskan keberatan dan menandatangani laporan layanan informasi.",
    ),
    (
        "PPID",
        "Kepala Subbagian SDM dan Partisipasi Masyarakat",
        "Menetapkan daftar informasi, menyetujui penerbitan, dan menjawab permohonan.",
    ),
    (
        "Tim Penghubung",
        "Kepala Subbagian Program dan Data; Kepala Subbagian Hukum; Kepala Subbagian Keuangan, Umum, dan Logistik",
        "Mengumpulkan informasi dari unit masing-masing dan memeriksanya sebelum disetujui PPID.",
    ),
    (
        "Desk Pelayanan",
        "Pelaksana Subbagian SDM dan Partisipasi Masyarakat",
        "Menerima pemohon dan mencatat permohonan.",
    ),
)

PROCEDURES = (
    (
        "SOP Penanganan Keberatan terhadap Layanan Informasi",
        "Mengatur cara kami menerima dan menjawab keberatan atas layanan informasi.",
        (
            "Pemohon mengajukan keberatan secara tertulis kepada Atasan PPID, dengan alasannya.",
            "Desk Pelayanan mencatat keberatan dalam register dan memberikan tanda terima.",
            "PPID menyiapkan berkas permohonan dan tanggapan yang dipersoalkan.",
            "Atasan PPID meminta pertimbangan Tim Pertimbangan bila diperlukan.",
            "Atasan PPID menyampaikan tanggapan tertulis dalam jangka waktu yang ditentukan.",
            "PPID melaksanakan putusan Atasan PPID dan mencatat hasilnya.",
        ),
    ),
    (
        "SOP Penanganan Sengketa Informasi Publik",
        "Mengatur langkah kami ketika pemohon membawa perkara ke Komisi Informasi.",
        (
            "PPID menerima panggilan dari Komisi Informasi dan memberitahukannya kepada Atasan PPID.",
            "Subbagian Hukum menyiapkan jawaban dan bukti.",
            "Kuasa KPU Kota Serang menghadiri mediasi atau sidang ajudikasi.",
            "Hasil mediasi atau putusan dilaksanakan dalam waktu yang ditentukan.",
            "Informasi yang dinyatakan terbuka dimasukkan ke Daftar Informasi Publik.",
        ),
    ),
    (
        "SOP Pendokumentasian Informasi Publik di e-PPID",
        "Mengatur cara dokumen disiapkan, diberi keterangan, dan dimuat di situs ini.",
        (
            "Unit kerja menyerahkan dokumen beserta keterangannya kepada Tim Penghubung.",
            "Editor memasukkan dokumen dan mengisi keterangan yang wajib.",
            "Tim Penghubung memeriksa isi dan klasifikasinya.",
            "PPID menyetujui penerbitan.",
            "Dokumen terbit, dan isinya dapat dicari publik.",
        ),
    ),
    (
        "SOP Pendokumentasian Informasi yang Dikecualikan",
        "Mengatur penyimpanan informasi yang tidak boleh dibuka.",
        (
            "Unit kerja menandai bagian informasi yang diusulkan dikecualikan.",
            "PPID mencatatnya dalam daftar informasi yang dikecualikan setelah ada keputusan.",
            "Dokumen disimpan terpisah dan hanya dapat dibuka petugas yang berwenang.",
            "Bagian yang terbuka tetap diberikan; bagian yang dikecualikan dihitamkan disertai alasannya.",
        ),
    ),
    (
        "SOP Penetapan dan Pemutakhiran Daftar Informasi Publik",
        "Mengatur penyusunan dan pembaruan Daftar Informasi Publik.",
        (
            "Tim Penghubung mengumpulkan daftar informasi dari setiap unit kerja.",
            "PPID menentukan kelas setiap informasi: berkala, serta-merta, atau setiap saat.",
            "PPID menetapkan Daftar Informasi Publik dengan keputusan.",
            "Daftar diperbarui paling lambat setiap enam bulan dan setiap kali ada informasi baru.",
        ),
    ),
    (
        "SOP Pengelolaan dan Permohonan Informasi",
        "Mengatur perjalanan permohonan sejak diterima sampai dijawab.",
        (
            "Pemohon mengisi formulir dan menunjukkan tanda pengenal.",
            "Desk Pelayanan memeriksa kelengkapan dan memberikan nomor pendaftaran.",
            "PPID meneruskan permohonan ke unit kerja yang menguasai informasi.",
            "PPID menyampaikan pemberitahuan tertulis dalam jangka waktu yang berlaku bagi jenis informasinya.",
            "Informasi diserahkan, dan hasilnya dicatat dalam register.",
        ),
    ),
    (
        "SOP Pengujian tentang Konsekuensi",
        "Mengatur pengujian sebelum suatu informasi dinyatakan dikecualikan.",
        (
            "Mengenali materi, sifat, dan lingkup informasi.",
            "Mengenali kerugian yang mungkin timbul bila informasi dibuka.",
            "Menentukan undang-undang yang menjadi dasar.",
            "Menimbang kepentingan publik atas informasi itu.",
            "Menyeimbangkan kerugian dan kepentingan publik.",
            "Menyimpulkan dikecualikan atau terbuka, dan mencatatnya dalam lembar pengujian. KPU kabupaten/kota "
            "mengajukan pengujian melalui KPU provinsi.",
        ),
    ),
    (
        "SOP Penyusunan Laporan Layanan Informasi",
        "Mengatur penyusunan laporan tahunan layanan informasi.",
        (
            "Desk Pelayanan menghimpun register permohonan dan keberatan selama setahun.",
            "PPID menyusun laporan: jumlah permohonan, waktu layanan, hasil, dan alasan penolakan.",
            "Tim Penghubung memeriksa kecocokan angka dengan register.",
            "Atasan PPID menandatangani laporan sesudah tahun laporan berakhir.",
            "Laporan diumumkan di situs ini dan disampaikan kepada Komisi Informasi.",
        ),
    ),
)

QUESTIONS = (
    (
        FAQTopic.REQUEST,
        "Siapa yang boleh meminta informasi?",
        (
            "Warga negara Indonesia dan badan hukum Indonesia. Tunjukkan tanda pengenal; badan hukum melampirkan akta.",
        ),
    ),
    (
        FAQTopic.REQUEST,
        "Berapa lama permohonan dijawab?",
        (
            "Informasi tentang tahapan pemilu dijawab dalam 3 hari kerja dan dapat diperpanjang 2 hari kerja. "
            "Informasi lain dijawab dalam 10 hari kerja dan dapat diperpanjang 7 hari kerja.",
        ),
    ),
    (
        FAQTopic.REQUEST,
        "Apakah ada biayanya?",
        ("Salinan digital tidak dikenai biaya. Untuk cetakan, Anda mengganti biaya penggandaannya saja.",),
    ),
    (
        FAQTopic.OBJECTION,
        "Bagaimana bila permohonan saya ditolak?",
        (
            "Ajukan keberatan kepada Atasan PPID. Bila tanggapannya belum memuaskan, Anda dapat mengajukan "
            "penyelesaian sengketa ke Komisi Informasi dalam 14 hari kerja.",
        ),
    ),
    (
        FAQTopic.PUBLIC_INFORMATION,
        "Apa beda informasi berkala, serta-merta, dan setiap saat?",
        (
            "Informasi berkala diperbarui rutin. Informasi serta-merta diumumkan segera karena menyangkut keselamatan "
            "atau kepentingan orang banyak. Informasi setiap saat selalu tersedia dan dapat diminta kapan saja.",
        ),
    ),
    (
        FAQTopic.PUBLIC_INFORMATION,
        "Mengapa ada informasi yang tidak boleh dibuka?",
        (
            "Undang-undang mengecualikan informasi tertentu, misalnya data pribadi. Pengecualian diuji lebih dulu dan "
            "ditetapkan kantor yang lebih tinggi; bagian lain dari dokumen tetap terbuka.",
        ),
    ),
    (
        FAQTopic.SITE,
        "Mengapa dokumen yang saya cari tidak ada di sini?",
        (
            "Mungkin dokumen itu dikecualikan, tersedia hanya atas permintaan, masih didokumentasikan, atau tidak kami "
            "kuasai. Ajukan permohonan; kami beri tahu yang mana.",
        ),
    ),
    (
        FAQTopic.ELECTION,
        "Di mana saya melihat hasil Pemilihan Wali Kota?",
        ("Cari “hasil pilwalkot” di situs ini, atau buka halaman Data Terbuka.",),
    ),
)

ANNOUNCEMENT = (
    "Contoh pengumuman serta-merta: meja layanan pindah sementara",
    "Contoh: karena genangan air, meja layanan dipindahkan ke lantai dua. Layanan tetap buka.",
    (
        "Ini pengumuman contoh untuk memperlihatkan spanduk informasi serta-merta.",
        "Meja layanan informasi dipindahkan sementara ke lantai dua kantor. Jam layanan tidak berubah. Pemohon yang "
        "memakai kursi roda dapat menghubungi petugas di pintu masuk.",
    ),
)
