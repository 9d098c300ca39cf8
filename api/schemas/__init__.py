"""Shapes of the answers: field names as on the statutory forms (docs/glossary.md pairs them with English)."""
