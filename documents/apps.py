from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Dokumen"

    def ready(self):
        """Register how the room below uses files (it cannot import this one)."""
        from documents.access import register_public_use
        from home.files import caption_documents, procedure_documents, video_documents

        for use in (procedure_documents, video_documents, caption_documents):
            register_public_use(use)
