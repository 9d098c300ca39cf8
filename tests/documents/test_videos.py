"""Places, names and programs leave a film before it is published; what it shows stays where it was, byte for byte."""

import base64
import hashlib
import struct
import zlib

import pytest
from django.core.files.base import ContentFile

from documents.models import OfficeDocument
from documents.scanning import edits, mp4_cleaning, webm_cleaning
from documents.scanning.child import NOT_UNDERSTOOD
from documents.scanning.segments import NotCleanable
from tests import factories
from tests.documents import videos
from tests.documents.videos import box, element, full, items, mp4, said, tag, webm

AUTHOR, HERE, PHONE = "Juru Kamera Contoh", "+06.1234+106.8270/", "Telepon Contoh 9"


def plan(path, data: bytes, kind: str = "mp4"):
    path.write_bytes(data)
    return (mp4_cleaning if kind == "mp4" else webm_cleaning).plan(path)


@pytest.fixture
def clean(tmp_path):
    """`clean(data, kind)`: the film without notes, and what was removed; checks what must hold for every film."""

    def cleaned(data: bytes, kind: str = "mp4") -> tuple[bytes, list[str]]:
        source, target = tmp_path / "a", tmp_path / "b"
        found = plan(source, data, kind)
        found.copy(source, target)
        published = target.read_bytes()
        assert len(published) == len(data)
        assert found.alone_differ(source, target)
        assert plan(tmp_path / "c", published, kind).removed == []
        if videos.PICTURES in data:
            assert published.index(videos.PICTURES) == data.index(videos.PICTURES)
        return published, found.removed

    return cleaned


# --- MP4 --------------------------------------------------------------------------------------------------------------

NOTES = {
    "a phone's place": ({"in_film": (box(b"udta", said(b"\xa9xyz", HERE)),)}, mp4_cleaning.PLACE),
    "a place of 3GPP": (
        {"in_film": (box(b"udta", full(b"loci", bytes(3) + HERE.encode())),)},
        mp4_cleaning.PLACE,
    ),
    "an author of 3GPP": (
        {"in_film": (box(b"udta", full(b"auth", b"\x15\xc7" + AUTHOR.encode())),)},
        f"Penulis: {AUTHOR}",
    ),
    "a program in a list of notes": (
        {"in_film": (box(b"udta", items((b"\xa9too", PHONE))),)},
        f"Perangkat lunak: {PHONE}",
    ),
    "an Apple phone's place": (
        {"in_film": (items((bytes(3) + b"\1", HERE), keys=("com.apple.quicktime.location.ISO6709",)),)},
        mp4_cleaning.PLACE,
    ),
    "an Apple phone's model": (
        {"in_film": (items((bytes(3) + b"\1", PHONE), keys=("com.apple.quicktime.model",)),)},
        f"Kamera: {PHONE}",
    ),
    "a name in a track": ({"in_track": (box(b"udta", said(b"\xa9nam", AUTHOR)),)}, f"Judul lama: {AUTHOR}"),
    "notes of a track": ({"in_track": (items((b"\xa9ART", AUTHOR)),)}, f"Penulis: {AUTHOR}"),
    "XMP": (
        {"on_top": (box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), AUTHOR.encode()),)},
        "Metadata XMP",
    ),
    "a box that nobody knows": ({"on_top": (box(b"Xtra", AUTHOR.encode()),)}, "Data lain (Xtra)"),
    "a note that was crossed out": (
        {"on_top": (box(b"free", AUTHOR.encode()),)},
        "Data sisa di ruang kosong berkas",
    ),
    "what a phone appends": ({"behind": b"\0\0\0\x7fSEFT" + AUTHOR.encode()}, "Data tambahan di akhir video"),
    "few bytes behind the end": ({"behind": b"abc"}, "Data tambahan di akhir video"),
}


@pytest.mark.parametrize("where", NOTES)
def test_note_leaves_an_mp4(clean, where):
    given, told = NOTES[where]
    published, removed = clean(mp4(**given))
    assert removed == [told]
    for words in (AUTHOR, HERE, PHONE):
        assert words.encode() not in published


def test_times_go_with_the_notes_and_are_no_reason_by_themselves(clean):
    moment = struct.pack(">L", 3_800_000_000)
    assert clean(mp4()) == (mp4(), [])
    assert moment in mp4()
    published, _removed = clean(mp4(in_film=(box(b"udta", said(b"\xa9xyz", HERE)),)))
    assert moment not in published


def test_boxes_become_free_ones_where_they_stood(clean):
    data = mp4(
        in_film=(box(b"udta", said(b"\xa9xyz", HERE), box(b"chpl", b"Bab 1")),), on_top=(box(b"Xtra", b"x"),)
    )
    published, _removed = clean(data)
    assert published[data.index(b"Xtra") :][:4] == b"free"
    assert published[data.index(b"\xa9xyz") :][:4] == b"free"
    assert b"Bab 1" in published  # chapters are content


def test_large_box_with_a_long_size_is_freed(clean):
    note = AUTHOR.encode()
    data = mp4(on_top=(struct.pack(">L4sQ", 1, b"Xtra", 16 + len(note)) + note,))
    published, removed = clean(data)
    assert removed == ["Data lain (Xtra)"]
    assert note not in published


def test_camera_track_goes_with_its_samples(clean):
    samples = b"GPMF " + HERE.encode()
    published, removed = clean(mp4(more_tracks=((b"meta", samples), (b"soun", b"SUARA"))))
    assert removed == ["Jalur data kamera (waktu dan tempat pengambilan)"]
    assert HERE.encode() not in published
    assert b"SUARA" in published
    assert published.count(b"trak") == 2


def test_subtitles_that_tell_the_place_stay_and_are_told(tmp_path):
    found = plan(tmp_path / "a.mp4", mp4(more_tracks=((b"text", b"GPS (106.8270, -6.1234, 20)"),)))
    assert found.notices == [mp4_cleaning.PLACE_IN_SUBTITLES]
    assert found.places == []
    words = b"Rapat dibuka pukul 09.00, hadir 24 orang"
    assert plan(tmp_path / "a.mp4", mp4(more_tracks=((b"text", words),))).notices == []


def test_protected_film_keeps_what_its_player_needs(clean):
    protection = box(b"uuid", bytes.fromhex("d08a4f1810f34a82b6c832d8aba183d3"), b"kunci")
    assert clean(mp4(on_top=(protection,)))[1] == []


def damaged(change) -> bytes:
    data = mp4(in_film=(box(b"udta", said(b"\xa9xyz", HERE)),), more_tracks=((b"meta", HERE.encode()),))
    return change(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: data.index(b"moov") + 20],
        lambda data: data.replace(b"moov", b"mooz"),
        lambda data: data.replace(b"trak", b"tr\0k"),
        lambda data: data.replace(box(b"stbl")[4:], b"stbx"),
        lambda data: data.replace(struct.pack(">LL4s", 1, 1, b"")[:8], b"\xff" * 8),
        lambda data: data.replace(b"mdat", b"mdax"),
        lambda data: data.replace(b"mvhd", b"cmov"),
    ],
)
def test_film_that_is_not_built_as_it_says_is_left_alone(tmp_path, change):
    with pytest.raises(NotCleanable):
        plan(tmp_path / "a.mp4", damaged(change))


def test_picture_that_lies_in_a_box_of_notes_is_not_overwritten(tmp_path):
    """A table may point anywhere: what is shown must not be blanked."""
    data = mp4(in_film=(box(b"udta", said(b"\xa9xyz", HERE)),))
    first = data.index(videos.PICTURES)
    elsewhere = data.index(HERE.encode())
    stco = full(b"stco", struct.pack(">LL", 1, first))
    with pytest.raises(NotCleanable):
        plan(tmp_path / "a.mp4", data.replace(stco, full(b"stco", struct.pack(">LL", 1, elsewhere))))


def test_overlap_of_ranges():
    assert edits.overlap([(0, 5)], [(4, 9)])
    assert edits.overlap([(0, 100), (10, 20)], [(50, 60)])
    assert not edits.overlap([(0, 5), (9, 12)], [(5, 9)])
    assert not edits.overlap([(3, 3)], [(0, 9)])


# --- WebM -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("live", [False, True])
def test_notes_leave_a_webm(clean, live):
    data = webm(
        title=AUTHOR,
        program=PHONE,
        tags=(tag("ARTIST", AUTHOR), tag("LOCATION", HERE), tag("DURATION", "00:01")),
        live=live,
    )
    published, removed = clean(data, "webm")
    assert removed == [
        f"Judul lama: {AUTHOR}",
        f"Perangkat lunak: {PHONE}",
        f"Penulis: {AUTHOR}",
        webm_cleaning.PLACE,
    ]
    for words in (AUTHOR, HERE, PHONE, "DURATION"):
        assert words.encode() not in published
    assert bytes.fromhex("1254c367") not in published  # the table of contents names no tags


def test_checksums_fit_what_was_written(clean):
    published, _removed = clean(webm(title=AUTHOR, tags=(tag("ARTIST", AUTHOR),)), "webm")
    for name in ("114d9b74", "1549a966"):
        at = published.index(bytes.fromhex(name)) + 4
        end = at + 8 + int.from_bytes(published[at + 1 : at + 8], "big")
        head, checksum, content = (
            published[at + 8 : at + 10],
            published[at + 10 : at + 14],
            published[at + 14 : end],
        )
        assert head == b"\xbf\x84"
        assert checksum == struct.pack("<L", zlib.crc32(content))


def test_small_elements_become_small_voids(clean):
    info = element(0x1549A966, b"\x7b\xa9\x82ab", b"\x4d\x80\x80", b"\x57\x41\x80")
    data = element(0x1A45DFA3) + element(0x18538067, info, element(0x1F43B675))
    published, removed = clean(data, "webm")
    assert removed == ["Judul lama: ab"]
    assert b"\xec\x83\0\0\0" in published


def test_file_inside_a_webm_is_told(tmp_path):
    found = plan(tmp_path / "a.webm", webm(element(0x1941A469, b"")), "webm")
    assert (found.notices, found.removed) == ([webm_cleaning.ATTACHED], [])


@pytest.mark.parametrize(
    "data",
    [
        webm()[:-3],
        webm() + b"\x00sisa",
        webm().replace(bytes.fromhex("18538067"), bytes.fromhex("18538068")),
        element(0x1A45DFA3),
        b"\x1a\x45\xdf\xa3" + b"\xff" * 40,
        element(0x1A45DFA3) + element(0x18538067, element(0x1549A966, element(0x7BA9, b"a", size=99))),
    ],
)
def test_webm_that_is_not_built_as_it_says_is_left_alone(tmp_path, data):
    with pytest.raises(NotCleanable):
        plan(tmp_path / "a.webm", data, "webm")


# --- published --------------------------------------------------------------------------------------------------------


def stored(data: bytes, name: str) -> OfficeDocument:
    document = OfficeDocument(title="Cara meminta informasi", file=ContentFile(data, name=name))
    document.collection = factories.shared_office().collection
    document.save()
    return OfficeDocument.objects.get(pk=document.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mp4", mp4(in_film=(box(b"udta", said(b"\xa9xyz", HERE), said(b"\xa9ART", AUTHOR)),))),
        ("a.webm", webm(tags=(tag("LOCATION", HERE), tag("ARTIST", AUTHOR)))),
    ],
)
def test_published_film_names_no_place_and_the_upload_stays_with_the_officers(name, data):
    document = stored(data, name)
    published = document.file.read()
    assert HERE.encode() not in published
    assert document.sha256 == hashlib.sha256(published).hexdigest()
    assert document.removed_metadata == [mp4_cleaning.PLACE, f"Penulis: {AUTHOR}"]
    assert document.kept_metadata == document.findings == []
    assert document.original_file.read() == data
    assert stored(published, name).removed_metadata == []


@pytest.mark.django_db
def test_film_that_cannot_be_cleaned_is_published_and_told():
    place = b"\x00\x00\x00\x18ftypmp42" + bytes(40) + b"\xa9xyz\x00\x12\x15\xc7" + HERE.encode() + bytes(40)
    assert "menyebut tempat pengambilannya" in stored(place, "a.mp4").findings[0]
    unknown = stored(b"\x00\x00\x00\x18ftypmp42" + bytes(200), "b.mp4")
    assert unknown.findings == [NOT_UNDERSTOOD]
    assert not unknown.original_file


RECORD = """async (type) => {
  const canvas = document.createElement('canvas'); canvas.width = 64; canvas.height = 48;
  const pen = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(20), {mimeType: type}); const parts = [];
  recorder.ondataavailable = event => parts.push(event.data);
  const stopped = new Promise(resolve => recorder.onstop = resolve); recorder.start();
  for (let i = 0; i < 15; i++) {
    pen.fillStyle = `hsl(${i * 20} 80% 50%)`; pen.fillRect(0, 0, 64, 48);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  recorder.stop(); await stopped;
  return btoa(String.fromCharCode(...new Uint8Array(await new Blob(parts).arrayBuffer())));
}"""
PLAY = """async ([type, data]) => {
  const film = document.createElement('video'); film.muted = true;
  const ended = new Promise((resolve, reject) => {
    film.onended = () => resolve([film.videoWidth, film.videoHeight, film.getVideoPlaybackQuality().totalVideoFrames]);
    film.onerror = () => reject(new Error(film.error.message));
  });
  film.src = `data:${type};base64,${data}`; await film.play();
  return await ended;
}"""


@pytest.mark.e2e
@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_browser_plays_what_was_cleaned(live_site, clean, kind):
    page = live_site.window()
    data = base64.b64decode(page.evaluate(RECORD, f"video/{kind}"))
    if (
        kind == "mp4"
    ):  # a browser writes no notes; a phone writes them inside `moov`, which moves what follows
        data += box(b"free", HERE.encode()) + box(b"Xtra", HERE.encode())
    published, removed = clean(data, kind)
    assert removed
    assert published != data
    before, after = (
        page.evaluate(PLAY, [f"video/{kind}", base64.b64encode(film).decode()]) for film in (data, published)
    )
    assert before[:2] == after[:2] == [64, 48]
    assert after[2] > 1
