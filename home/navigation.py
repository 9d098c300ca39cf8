"""The public menu: the report's entries plus what its site lacked.

The addresses are fixed by the contract of public URLs, so the menu is data here and not a tree of pages that an
office would have to build; an entry whose page is not published yet still leads to a page that says so.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class MenuItem:
    """One entry of the menu; `children` opens below it."""

    label: str
    url: str
    children: tuple["MenuItem", ...] = field(default=())
    current: bool = False


_MENU = (
    ("Regulasi", "/regulasi/", ()),
    (
        "Informasi Publik",
        "/dip/",
        (
            ("Daftar Informasi Publik", "/dip/"),
            ("Informasi Berkala", "/dip/berkala/"),
            ("Informasi Serta-Merta", "/dip/serta-merta/"),
            ("Informasi Setiap Saat", "/dip/setiap-saat/"),
            ("Informasi Dikecualikan", "/informasi-dikecualikan/"),
            ("Data Terbuka", "/data-terbuka/"),
        ),
    ),
    (
        "Laporan",
        "/laporan/",
        (
            ("Laporan layanan", "/laporan/"),
            ("Statistik", "/statistik/"),
        ),
    ),
    ("Profil", "/profil/", ()),
    (
        "Layanan",
        "/permohonan/",
        (
            ("Ajukan permohonan", "/permohonan/"),
            ("Ajukan keberatan", "/keberatan/"),
            ("Lacak permohonan", "/lacak/"),
            ("SOP layanan", "/sop/"),
            ("Tanya jawab", "/tanya-jawab/"),
            ("Pengumuman", "/pengumuman/"),
            ("Daftar istilah", "/istilah/"),
            ("Pojok Informasi Publik", "/pojok/"),
        ),
    ),
)


def main_menu(request) -> list[MenuItem]:
    """Return the menu with the entry of the present address marked current."""
    path = request.path

    def is_current(url: str, children=()) -> bool:
        return path.startswith(url) or any(path.startswith(child_url) for _, child_url in children)

    return [
        MenuItem(
            label,
            url,
            tuple(MenuItem(child, child_url, current=path == child_url) for child, child_url in children),
            current=is_current(url, children),
        )
        for label, url, children in _MENU
    ]
