"""The page on which the person who maintains another site puts a part together: choose, look, copy."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.models import Office
from pojok import parts
from pojok.embeds import options
from pojok.embeds.addresses import found_at
from pojok.embeds.colours import read_hex
from pojok.embeds.content import content_of
from pojok.embeds.options import Embed
from pojok.embeds.snippets import frame, growing, height_of
from pojok.embeds.themes import default_colour, shades
from pojok.embeds.views import UNCOUNTED

WIDTHS = ((320, "ponsel"), (600, "kolom isi"), (960, "selebar halaman"))
_NUMBER = re.compile("[0-9]{1,10}")
WHICH_DOCUMENT = "Tulis nomor dokumen, atau tempel alamat berkas atau halamannya di situs ini."
NO_DOCUMENT = "Dokumen itu tidak ada di sini, atau tidak terbuka untuk umum. Periksa nomor atau alamatnya."


class BuilderForm(forms.Form):
    """What can be chosen. Fields of parts that are not chosen are kept and not looked at."""

    bagian = forms.ChoiceField(
        label="Bagian", choices=list(options.PARTS.items()), initial=options.LATEST, widget=forms.RadioSelect
    )
    kelas = forms.ChoiceField(
        label="Jenis informasi", choices=list(parts.CLASSES.items()), required=False, initial=""
    )
    jumlah = forms.IntegerField(
        label="Jumlah judul",
        min_value=1,
        max_value=parts.MAX_COUNT,
        required=False,
        initial=options.DEFAULT_COUNT,
        help_text=f"1 sampai {parts.MAX_COUNT}.",
    )
    angka = forms.MultipleChoiceField(
        label="Angka yang ditampilkan",
        choices=list(parts.FIGURES.items()),
        required=False,
        initial=list(parts.DEFAULT_FIGURES),
        widget=forms.CheckboxSelectMultiple,
    )
    dokumen = forms.CharField(
        label="Dokumen",
        required=False,
        max_length=2000,
        help_text="Buka dokumennya di situs ini, lalu tempel alamatnya di sini. Nomor dokumen juga boleh.",
    )
    grafik = forms.ChoiceField(
        label="Grafik", choices=list(parts.CHARTS.items()), required=False, initial=next(iter(parts.CHARTS))
    )
    warna = forms.CharField(
        label="Warna tautan dan tombol",
        required=False,
        max_length=40,
        help_text="Enam angka heksadesimal, misalnya 1f4e8c. Kosongkan untuk warna kami.",
    )
    tema = forms.ChoiceField(label="Latar", choices=list(options.SCHEMES.items()), required=False)
    huruf = forms.ChoiceField(label="Ukuran huruf", choices=list(options.SIZES.items()), required=False)
    buka = forms.ChoiceField(label="Tautan dibuka", choices=list(options.OPENINGS.items()), required=False)

    #: Which fields belong to which part alone.
    OWN = {
        options.LATEST: ("kelas", "jumlah"),
        options.FIGURES: ("angka",),
        options.DOCUMENT: ("dokumen",),
        options.CHART: ("grafik",),
    }
    LOOK = ("warna", "tema", "huruf", "buka")

    def __init__(self, data, *, request: HttpRequest, office: Office):
        """Bind to the query string; one that asks for nothing shows the form as it begins."""
        self._request, self._office = request, office
        super().__init__(data if "bagian" in data else None)

    def groups(self) -> list[tuple[str, str, list]]:
        """(part, its label, its fields) of every part that has fields of its own."""
        return [(name, options.PARTS[name], [self[field] for field in own]) for name, own in self.OWN.items()]

    def look(self) -> list:
        """The fields that every part has."""
        return [self[name] for name in self.LOOK]

    def clean_warna(self) -> str:
        """Six hexadecimal digits, "" for the site's own colour."""
        typed = self.cleaned_data["warna"]
        colour = read_hex(typed)
        if typed and colour is None:
            raise forms.ValidationError("Tulis enam angka heksadesimal (0–9 dan a–f), misalnya 1f4e8c.")
        return "" if colour in (None, default_colour()) else colour

    def clean(self) -> dict[str, Any]:
        """Look at the document if one is to be shown, and leave alone what belongs to other parts."""
        data = super().clean()
        part = data.get("bagian")
        for name in (name for other, own in self.OWN.items() if other != part for name in own):
            self.errors.pop(name, None)
        if part == options.DOCUMENT:
            self._clean_document(data.get("dokumen", ""))
        return data

    def _clean_document(self, typed: str) -> None:
        if not typed:
            self.add_error("dokumen", WHICH_DOCUMENT)
            return
        if _NUMBER.fullmatch(typed):
            number, page = typed, 1
        else:
            found = found_at(typed, self._request)
            is_document = found is not None and found.embed.part == options.DOCUMENT
            number, page = (found.embed.target, found.embed.halaman) if is_document else ("", 1)
        if not number or not parts.document(int(number), self._office).is_public:
            self.add_error("dokumen", NO_DOCUMENT)
            return
        self.cleaned_data |= {"dokumen": number, "halaman": page}

    def embed(self) -> Embed | None:
        """The part as chosen; None while something about it is wrong."""
        if not self.is_bound:
            return Embed(options.LATEST)
        if not self.is_valid():
            return None
        data = self.cleaned_data
        part = data["bagian"]
        target = {options.DOCUMENT: data["dokumen"], options.CHART: data["grafik"]}.get(part, "")
        if part == options.CHART:
            target = target or next(iter(parts.CHARTS))
        return Embed(
            part,
            target,
            kelas=data["kelas"] if part == options.LATEST else "",
            jumlah=(data["jumlah"] if part == options.LATEST else None) or options.DEFAULT_COUNT,
            angka=tuple(data["angka"] if part == options.FIGURES else ()) or parts.DEFAULT_FIGURES,
            halaman=data.get("halaman", 1),
            warna=data["warna"],
            tema=data["tema"] or "ikut",
            huruf=data["huruf"] or "biasa",
            buka=data["buka"] or "tab",
        )


@require_safe
def builder(request: HttpRequest) -> HttpResponse:
    """Choose a part, look at it in three widths, copy what other sites need."""
    office = Office.objects.for_request(request)
    form = BuilderForm(request.GET, request=request, office=office)
    embed = form.embed() if office else None
    context = {"form": form, "crumbs": [("Pojok Informasi Publik", ""), ("Pasang di situs lain", "")]}
    if embed:
        context |= _result(embed, office, request)
    response = render(request, "pojok/builder.html", context, status=422 if form.errors else 200)
    if request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def _result(embed: Embed, office: Office, request: HttpRequest) -> dict[str, Any]:
    """The preview, and what is copied."""
    origin = f"{request.scheme}://{request.get_host()}"
    content = content_of(embed, office)
    embed = content.embed  # at a page that there is
    address = request.build_absolute_uri(embed.path())
    title = content.title if office.name in content.title else f"{content.title} – {office.name}"
    return {
        "embed": embed,
        "embed_title": content.title,
        "preview_path": embed.path(**{UNCOUNTED: 0}),
        "height": height_of(embed),
        "widths": WIDTHS,
        "address": address,
        "data_address": request.build_absolute_uri(embed.path(format="json")),
        "frame": frame(address, title, height_of(embed)),
        "growing": growing(origin),
        "origin": origin,
        "oembed_endpoint": request.build_absolute_uri(reverse("oembed")),
        "origin_pattern": re.escape(origin),
        "host_script": f"{settings.STATIC_URL}js/embed-host.js",
        "colour_notes": _about_colour(embed.warna),
    }


def _about_colour(colour: str) -> list[str]:
    """What was done to a colour that could not be read as it is."""
    if not colour:
        return []
    on_light, on_dark = shades(colour)
    notes = []
    if on_light != colour:
        notes.append(f"Pada latar terang #{colour} sukar dibaca; di sana dipakai #{on_light}.")
    if on_dark != colour:
        notes.append(f"Pada latar gelap #{colour} sukar dibaca; di sana dipakai #{on_dark}.")
    return notes
