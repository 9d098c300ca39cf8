"""The stem of an Indonesian word: affixes off, checked against a dictionary of roots.

A light affix stripper with the morphology of the language (prefixes with their sound changes, suffixes, confixes,
reduplication is already two words). It takes a candidate only if it is a root of the dictionary, and prefers the
longest root, so that what is not understood stays whole. The dictionary is that of PySastrawi (MIT), corrected by
:mod:`search.language.roots`: junk out, lexicalised words in ("penduduk" is not a form of "duduk").
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from search.language.roots import (
    ABBREVIATIONS,
    LEXICAL_ROOTS,
    NOT_ROOTS,
    RESTORED_K,
    ROOTS_WITH_R,
    STEM_OVERRIDES,
)
from search.language.spelling import canonical, modernised

_VOWELS = frozenset("aiueo")
_PARTICLES = ("lah", "kah", "pun", "tah")
_POSSESSIVES = ("nya", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")

# Prefix and suffix that do not go together (Nazief and Adriani's table).
_FORBIDDEN = {
    ("ber", "i"),
    ("di", "an"),
    ("ke", "i"),
    ("ke", "kan"),
    ("me", "an"),
    ("se", "i"),
    ("se", "kan"),
}
_VERBAL = frozenset({"me", "di", "ter", "per"})
_MIN_ROOT = 3


@cache
def roots() -> frozenset[str]:
    """The dictionary of roots."""
    text = files("Sastrawi.Stemmer").joinpath("data/kata-dasar.txt").read_text(encoding="utf-8")
    words = {line.strip().lower() for line in text.splitlines()}
    return frozenset((words | LEXICAL_ROOTS) - NOT_ROOTS)


def is_root(word: str) -> bool:
    """True when ``word`` is a root of the dictionary."""
    return word in roots()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word in its usual spelling; a word that is not understood is its own stem."""
    word = canonical(word)
    override = STEM_OVERRIDES.get(word)
    if override:
        return override
    if len(word) < 5 or word in ABBREVIATIONS or not word.isalpha() or word in roots():
        return word
    root = _best_root(word)
    if root is None:
        respelled = modernised(word)
        is_old = "tj" in word or "dj" in word or "oe" in word
        if respelled != word and (is_old or respelled in roots() or _best_root(respelled)):
            return stem(respelled)
        root = _inflection_off(word)
    return STEM_OVERRIDES.get(root, root)


def _inflection_off(word: str) -> str:
    """A word that the dictionary does not explain, without a possessive that cannot be part of a name."""
    return word[:-3] if word.endswith("nya") and len(word) >= 9 else word


def _best_root(word: str) -> str | None:
    best, best_score = None, 0.0
    for base, suffix, cost in _without_suffixes(word):
        for root, first, stripped, penalty in _without_prefixes(base):
            if len(root) < _MIN_ROOT or (first, suffix) in _FORBIDDEN or root not in roots():
                continue
            if suffix in ("kan", "i") and first not in _VERBAL and stripped:
                penalty += 1.5  # a verb's suffix on a noun's prefix
            if suffix == "kan" and not stripped:
                penalty += 0.5  # a bare imperative is rare in official texts
            score = len(root) * 2 - cost - penalty - (0.25 if not suffix and stripped else 0)
            if len(root) == 3:
                score -= 1
            if score > best_score:
                best, best_score = root, score
    return best


def _without_suffixes(word: str) -> list[tuple[str, str, float]]:
    """(rest, derivational suffix, cost) for every way of taking suffixes off."""
    inner = [(word, 0.0)]
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= _MIN_ROOT:
            inner.append((word[: -len(particle)], 0.2))
    for rest, cost in list(inner):
        for ending in _POSSESSIVES:
            if rest.endswith(ending) and len(rest) - len(ending) >= _MIN_ROOT:
                inner.append((rest[: -len(ending)], cost + 0.2))
    result = [(rest, "", cost) for rest, cost in inner]
    for rest, cost in inner:
        for suffix in _SUFFIXES:
            if rest.endswith(suffix) and len(rest) - len(suffix) >= _MIN_ROOT:
                result.append((rest[: -len(suffix)], suffix, cost + 0.1))
    return result


def _without_prefixes(word: str) -> list[tuple[str, str, int, float]]:
    """(rest, outermost prefix, how many were taken, penalty) for every way of taking up to three prefixes off."""
    result = [(word, "", 0, 0.0)]
    layer = [(word, "", 0.0)]
    for depth in (1, 2, 3):
        following = []
        for rest, first, penalty in layer:
            for shorter, prefix, extra in _one_prefix(rest):
                if len(shorter) >= _MIN_ROOT:
                    following.append((shorter, first or prefix, penalty + extra))
        result += [(rest, first, depth, penalty) for rest, first, penalty in following]
        layer = following
    return result


def _one_prefix(word: str) -> list[tuple[str, str, float]]:
    """(rest, prefix, penalty) for each prefix with which ``word`` may begin."""
    found: list[tuple[str, str, float]] = []
    for plain in ("di", "ke", "se"):
        if word.startswith(plain):
            found.append((word[2:], plain, 0.0))
    for short, prefix in (("be", "ber"), ("te", "ter"), ("pe", "per")):
        if word.startswith(prefix):
            found.append((word[3:], prefix, 0.0))
            # The r belongs to the root: berasa, perampasan.
            found.append((word[2:], prefix, 0.0 if _begins(word[2:], ROOTS_WITH_R) else 4.0))
        elif word.startswith(short) and len(word) > 5 and word[2] not in _VOWELS and word[3:5] == "er":
            found.append((word[2:], prefix, 0.3))  # bekerja, pekerja
    for short, prefix in (("me", "me"), ("pe", "pe")):
        if word.startswith(short):
            found += [(rest, prefix, penalty) for rest, penalty in _nasal(word[2:])]
    return found


def _nasal(rest: str) -> list[tuple[str, float]]:
    """What may follow me- or pe-: the nasal taken off, and the consonant it swallowed put back."""
    found: list[tuple[str, float]] = []
    if rest[:2] == "ng":
        tail = rest[2:]
        found.append((tail, 0.0))
        if tail[:1] in _VOWELS:
            # mengirim is kirim, but pengawasan is awas and not kawas.
            found.append(("k" + tail, 0.0 if _begins("k" + tail, RESTORED_K) else 7.0))
            if tail[:1] == "e":
                found.append((tail[1:], 0.3))  # mengecat, pengesahan
    elif rest[:2] == "ny":
        found.append(("s" + rest[2:], 0.0))
    elif rest[:1] == "m":
        tail = rest[1:]
        if tail[:1] in _VOWELS:
            found.append(("p" + tail, 0.2))
            found.append((rest, 0.0))
        elif tail[:1] in "bfpv":
            found.append((tail, 0.0))
    elif rest[:1] == "n":
        tail = rest[1:]
        if tail[:1] in _VOWELS:
            found.append(("t" + tail, 0.0))
            found.append((rest, 0.2))
        elif tail[:1] in "cdjstz":
            found.append((tail, 0.0))
    if rest[:1] in "lrwynm" or rest[:1] not in _VOWELS:
        found.append((rest, 0.3 if rest[:1] not in "lrwy" else 0.0))
    return found


def _begins(word: str, roots_: tuple[str, ...]) -> bool:
    return word.startswith(roots_)
