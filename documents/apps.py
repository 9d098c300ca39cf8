from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Dokumen"

    def ready(self):
        """Register how the room below uses files (it cannot import this one), and the timed jobs."""
        from common import schedule
        from documents import signal_handlers
        from documents.access import register_private_use, register_public_use
        from documents.queue import recover_stalled
        from documents.scanning.attention import file_attention
        from documents.scanning.checking import check_waiting
        from documents.scanning.quarantine import held_documents
        from documents.thumbnails import make_missing
        from documents.uploads.sessions import remove_expired
        from documents.verification import signal_handlers as ledger_handlers
        from documents.verification.citing import procedure_citations, register_citations
        from documents.verification.recording import reconcile
        from documents.verification.uses import register_shell_uses
        from home.dashboard import register_attention
        from home.files import caption_documents, procedure_documents, video_documents

        for use in (procedure_documents, video_documents, caption_documents):
            register_public_use(use)
        register_shell_uses()
        register_citations(procedure_citations)
        signal_handlers.connect()
        ledger_handlers.connect()
        register_private_use(held_documents)
        register_attention(file_attention)
        schedule.every(60, "dokumen_macet", recover_stalled)
        schedule.every(60, "pemeriksaan_berkas", check_waiting)
        schedule.every(300, "gambar_dokumen", make_missing)
        schedule.every(3600, "unggahan_terhenti", remove_expired)
        schedule.every(120, "catatan_publikasi", reconcile)
