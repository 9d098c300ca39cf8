from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = "Katalog"

    def ready(self):
        """Tell the documents room how the catalogue uses files, and the home page what the catalogue adds."""
        from catalogue import access, notifications, publication_log
        from catalogue.citing import entry_citations
        from catalogue.home_page import home_page_sections
        from catalogue.importing import history  # noqa: F401  (tells Wagtail's history of the import)
        from catalogue.rights import register_catalogue_rights
        from documents.access import register_decided_use, register_private_use, register_public_use
        from documents.verification.citing import register_citations
        from home.registry import register_home_page_context

        register_public_use(access.publicly_used_documents, access.publicly_used_among)
        for use in (
            access.exempted_documents,
            access.files_of_exempted_entries,
            access.consequence_test_sheets,
            access.consequence_test_minutes,
        ):
            register_private_use(use)
        register_decided_use(access.documents_under_decision)
        register_home_page_context(home_page_sections)
        register_catalogue_rights()
        register_citations(entry_citations)
        notifications.connect()
        publication_log.connect()
