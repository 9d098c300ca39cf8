"""What a file carries besides what it shows: danger, personal metadata, signatures.

`child` looks at one file in a bounded process of its own and writes the cleaned copy; `runner` starts it; `intake` is
where an upload meets the document; `clamd` and `quarantine` ask an antivirus server where the office has one.
"""
