"""schema.org descriptions of the shell: the office, and where a page stands."""

WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CONTEXT = "https://schema.org"


def organization(office) -> dict:
    """Describe an office (home.Office) as a GovernmentOrganization, with address and service hours."""
    data = {
        "@type": "GovernmentOrganization",
        "name": office.nama_lembaga,
        "alternateName": office.name,
        "url": office.home_page.full_url,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.alamat,
            "addressLocality": office.kota,
            "addressCountry": "ID",
        },
        "telephone": office.telepon,
        "faxNumber": office.faks,
        "email": office.email,
        "openingHoursSpecification": {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [WEEKDAYS_EN[int(day)] for day in office.service_days],
            "opens": f"{office.opens_at:%H:%M}",
            "closes": f"{office.closes_at:%H:%M}",
        },
    }
    if office.parent:
        data["parentOrganization"] = {"@type": "GovernmentOrganization", "name": office.parent.nama_lembaga}
    return {key: value for key, value in data.items() if value}


def breadcrumbs(page, ancestors) -> dict:
    """Describe the way from the home page to `page` as a BreadcrumbList."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": "Beranda" if position == 1 else step.title,
                "item": step.full_url,
            }
            for position, step in enumerate([*ancestors, page], start=1)
        ],
    }
