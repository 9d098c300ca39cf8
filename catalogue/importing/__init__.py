"""Real input: regulations from JSON lines, from an index sheet, or from a folder of files.

Readers (`jsonl`, `index_sheet`, `folder`) turn a source into records and bad rows, `writer` turns records into pages,
`runner` ties them together. Nothing here asks a question or prints: the command does.
"""
