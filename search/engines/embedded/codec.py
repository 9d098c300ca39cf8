"""Arrays as bytes for the index tables: positions of a word, and the layout of a segment."""

from __future__ import annotations

import io
import zlib

import numpy as np

_PLAIN, _PACKED = b"\x00", b"\x01"
_PACK_FROM = 12  # shorter lists gain nothing from compression


def encode_positions(positions: np.ndarray) -> bytes:
    """Sorted uint32 positions as bytes: differences, compressed when long."""
    deltas = positions.astype("<u4")
    deltas[1:] -= deltas[:-1].copy()
    raw = deltas.tobytes()
    return _PLAIN + raw if len(positions) < _PACK_FROM else _PACKED + zlib.compress(raw, 1)


def decode_positions(data: bytes) -> np.ndarray:
    """Positions (int64) from :func:`encode_positions`."""
    data = bytes(data)
    raw = zlib.decompress(data[1:]) if data[:1] == _PACKED else data[1:]
    return np.frombuffer(raw, dtype="<u4").cumsum(dtype=np.int64)


def encode_arrays(**arrays: np.ndarray) -> bytes:
    """Named arrays as one compressed blob."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def decode_arrays(data: bytes) -> dict[str, np.ndarray]:
    """Named arrays from :func:`encode_arrays`."""
    with np.load(io.BytesIO(bytes(data)), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}
