"""Encrypt stored personal data with the newest of FIELD_ENCRYPTION_KEYS."""

from django.core.management.base import BaseCommand, CommandError

from common.encryption import Unreadable, encrypted_fields


class Command(BaseCommand):
    """Goes through every encrypted column, a row at a time; stopped half-way, it goes on where it was."""

    help = (
        "Enkripsi ulang data pribadi dengan kunci terbaru dalam FIELD_ENCRYPTION_KEYS. "
        "Sesudahnya kunci lama boleh dihapus. Aman diulang."
    )

    def handle(self, *args, **options):
        """Write what an older key encrypted again; raise CommandError when something can be read by no key."""
        rotated = unreadable = 0
        for model, field in encrypted_fields():
            for pk, value in model._default_manager.values_list("pk", field.attname).iterator():
                if value is None or value.is_current:
                    continue
                try:
                    fresh = value.rotated()
                except Unreadable:
                    unreadable += 1
                    continue
                # Only while it is still what was read: a change made meanwhile has the newest key already.
                rotated += model._default_manager.filter(pk=pk, **{field.attname: value}).update(
                    **{field.attname: fresh}
                )
        self.stdout.write(f"{rotated} nilai dienkripsi ulang dengan kunci terbaru.")
        if unreadable:
            raise CommandError(
                f"{unreadable} nilai tidak terbaca dengan kunci mana pun. Kembalikan kunci lama ke "
                "FIELD_ENCRYPTION_KEYS (sesudah yang baru), lalu ulangi."
            )
