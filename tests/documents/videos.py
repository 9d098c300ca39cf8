"""Small films made on the spot, with the notes that phones, cameras and programs leave in them."""

import struct
import zlib

PICTURES = b"GAMBAR-1GAMBAR-2GAMBAR-3"
"""What the film shows: three samples of eight bytes."""


# --- MP4 --------------------------------------------------------------------------------------------------------------


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">L4s", 8 + len(body), kind) + body


def full(kind: bytes, *content: bytes) -> bytes:
    """A box with version and flags."""
    return box(kind, bytes(4), *content)


def handler(kind: bytes, name: bytes = b"") -> bytes:
    return full(b"hdlr", bytes(4), kind, bytes(12), name + b"\0")


def said(kind: bytes, text: str) -> bytes:
    """A note as QuickTime writes it: length, language, text."""
    data = text.encode()
    return box(kind, struct.pack(">HH", len(data), 0x15C7), data)


def items(*pairs: tuple[bytes, str], keys: tuple[str, ...] = ()) -> bytes:
    """A `meta` box with an `ilst`: by letters as iTunes and ffmpeg write it, or by the numbers of `keys`."""
    names = b"".join(struct.pack(">L4s", 8 + len(key), b"mdta") + key.encode() for key in keys)
    entries = b"".join(
        box(kind, box(b"data", struct.pack(">LL", 1, 0), value.encode())) for kind, value in pairs
    )
    parts = [handler(b"mdta" if keys else b"mdir")]
    parts += [full(b"keys", struct.pack(">L", len(keys)), names)] if keys else []
    return full(b"meta", *parts, box(b"ilst", entries))


def table(sizes: list[int], at: int, each: int = 0) -> bytes:
    """A sample table of one chunk that begins at `at`."""
    stsz = struct.pack(">LL", each, len(sizes)) + (
        b"" if each else b"".join(struct.pack(">L", s) for s in sizes)
    )
    return box(
        b"stbl",
        full(b"stsd", struct.pack(">L", 0)),
        full(b"stsc", struct.pack(">LLLL", 1, 1, len(sizes), 1)),
        full(b"stsz", stsz),
        full(b"stco", struct.pack(">LL", 1, at)),
    )


def track(kind: bytes, sizes: list[int], at: int, *more: bytes, each: int = 0) -> bytes:
    header = full(b"tkhd", struct.pack(">LL", 3_800_000_000, 3_800_000_001), bytes(72))
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">LL", 3_800_000_000, 3_800_000_001), bytes(12)),
        handler(kind),
        box(b"minf", table(sizes, at, each)),
    )
    return box(b"trak", header, media, *more)


def mp4(
    *,
    in_film: tuple[bytes, ...] = (),
    in_track: tuple[bytes, ...] = (),
    on_top: tuple[bytes, ...] = (),
    more_tracks: tuple[tuple[bytes, bytes], ...] = (),
    behind: bytes = b"",
) -> bytes:
    """A film of one track, with boxes in `moov`, in its track and beside them.

    `more_tracks` are kinds of further tracks with their one sample; `behind` are bytes behind the last box.
    """
    top = box(b"ftyp", b"mp42", bytes(4), b"mp42isom")
    film = box(b"mdat", PICTURES, *(sample for _kind, sample in more_tracks))
    first = len(top) + 8
    tracks = [track(b"vide", [8, 8, 8], first, *in_track)]
    at = first + len(PICTURES)
    for kind, sample in more_tracks:
        tracks.append(track(kind, [len(sample)], at, each=len(sample)))
        at += len(sample)
    header = full(b"mvhd", struct.pack(">LL", 3_800_000_000, 3_800_000_001), bytes(88))
    return top + film + box(b"moov", header, *tracks, *in_film) + b"".join(on_top) + behind


# --- WebM -------------------------------------------------------------------------------------------------------------


def element(number: int, *content: bytes, size: int | None = None) -> bytes:
    """An EBML element; `size` overrides what it says of its length (None: as it is)."""
    body = b"".join(content)
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    length = len(body) if size is None else size
    return name + (length | 1 << 56).to_bytes(8, "big") + body


ENDLESS = (1 << 56) - 1


def tag(name: str, value: str) -> bytes:
    return element(0x7373, element(0x67C8, element(0x45A3, name.encode()), element(0x4487, value.encode())))


def with_checksum(number: int, *content: bytes) -> bytes:
    """A master element that begins with the CRC-32 of the rest, as ffmpeg writes it."""
    body = b"".join(content)
    return element(number, b"\xbf\x84" + struct.pack("<L", zlib.crc32(body)), body)


def webm(
    *more: bytes, title: str = "", program: str = "", tags: tuple[bytes, ...] = (), live: bool = False
) -> bytes:
    """A film of one cluster; `live` as browsers record it, with lengths that nobody knew in advance."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    seek = element(0x4DBB, element(0x53AB, bytes.fromhex("1254c367")), element(0x53AC, b"\x7f"))
    info = with_checksum(
        0x1549A966,
        element(0x2AD7B1, b"\x0f\x42\x40"),
        *([element(0x7BA9, title.encode())] if title else []),
        element(0x4D80, program.encode()),
        element(0x5741, program.encode()),
        element(0x4461, bytes(7) + b"\x07"),
    )
    cluster = element(
        0x1F43B675, element(0xE7, b"\0"), element(0xA3, PICTURES), size=ENDLESS if live else None
    )
    parts = [
        with_checksum(0x114D9B74, seek),
        info,
        element(0x1654AE6B, element(0xAE, element(0xD7, b"\1"))),
        cluster,
        *([element(0x1254C367, *tags)] if tags else []),
        *more,
    ]
    return head + element(0x18538067, *parts, size=ENDLESS if live else None)
