"""Does the mix of information classes look right?

The office's report counts 12 berkala, 65 serta-merta and 2 setiap saat. Serta-merta is what threatens public life or
order (UU 14/2008 Pasal 10), so it is rare; setiap saat is the broadest class (Pasal 11), so it is the largest. A mix
far from that points to entries in the wrong class. It is a hint for people: nothing is blocked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.enums import InformationClass

#: Below this number of entries a share says nothing.
MIN_ENTRIES = 20
#: Largest share (0 to 1) of serta-merta that still looks right.
MAX_SERTA_MERTA_SHARE = 0.2


@dataclass(frozen=True)
class MixWarning:
    """What looks wrong, the class it is about, and what to do."""

    klasifikasi: str
    message: str
    advice: str


def mix_warnings(counts: Mapping[str, int]) -> list[MixWarning]:
    """Return what looks wrong in a mix of classes (`InformationClass` value to number of entries)."""
    total = sum(counts.get(kind.value, 0) for kind in InformationClass)
    if total < MIN_ENTRIES:
        return []
    warnings = []
    at_once = counts.get(InformationClass.SERTA_MERTA.value, 0)
    if at_once / total > MAX_SERTA_MERTA_SHARE:
        warnings.append(
            MixWarning(
                InformationClass.SERTA_MERTA,
                f"{at_once} dari {total} informasi digolongkan serta-merta.",
                "Serta-merta hanya untuk keadaan yang mengancam hajat hidup orang banyak atau ketertiban umum, "
                "misalnya bencana atau gangguan keamanan. Dokumen kerja sehari-hari biasanya berkala atau setiap saat.",
            )
        )
    any_time = counts.get(InformationClass.SETIAP_SAAT.value, 0)
    if any_time == min(counts.get(kind.value, 0) for kind in InformationClass) and any_time * 3 < total:
        warnings.append(
            MixWarning(
                InformationClass.SETIAP_SAAT,
                f"Hanya {any_time} dari {total} informasi digolongkan setiap saat.",
                "Setiap saat biasanya kelas yang paling banyak: keputusan, prosedur, perjanjian, rencana kerja, "
                "dan surat-menyurat pimpinan (UU 14/2008 Pasal 11).",
            )
        )
    return warnings
