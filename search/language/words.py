# ruff: noqa: SIM905 (word lists read better as text)
"""Words of the language that carry little or no meaning in a search, as data."""

from __future__ import annotations

#: Not looked for on their own (still found inside phrases). Short on purpose: content words stay.
STOP_WORDS: frozenset[str] = frozenset(
    """
    yang dan di ke dari untuk pada dengan oleh dalam atau sebagaimana dimaksud tersebut adalah serta ini itu atas
    bagi sebagai akan telah dapat karena jika agar secara antara terhadap tentang para sang si pun lah kah nya maka
    bahwa guna hal yaitu yakni ialah merupakan juga lagi lalu saja sudah belum masih sedang dalamnya kepada sampai
    hingga sejak sesuai menurut melalui per yg utk dgn dlm thd pd dr tsb krn spy sbg tdk jg
    the of and in
    """.split()
)

#: Words that ask; they say what kind of answer is wanted, not what it is about.
QUESTION_WORDS: frozenset[str] = frozenset(
    """
    apa apakah apa-apa bagaimana bagaimanakah gimana siapa siapakah berapa berapakah brp kapan kapankah dimana mana
    kemana darimana mengapa kenapa bolehkah boleh bisakah bisa haruskah harus adakah ada apabila kalau kalo
    dapatkah perlukah wajibkah mungkinkah benarkah gmn bgmn tolong mohon saya kami kita aku anda mau ingin cari
    mencari tahu mengetahui dicari jelaskan sebutkan tidak bukan tanpa jadi menjadi lama
    maksudnya artinya arti pengertian definisi contoh isi bunyi download unduh pdf file
    """.split()
)

#: Words for the documents themselves; nearly every record is one.
DOCUMENT_WORDS: frozenset[str] = frozenset(
    """
    aturan peraturan ketentuan regulasi hukum dokumen naskah nomor no tahun thn pasal ayat huruf lampiran
    republik indonesia ri cara tata
    """.split()
)

#: Words that ask for the latest.
NEWEST_WORDS: frozenset[str] = frozenset("terbaru terkini terakhir termutakhir teranyar".split())
