"""Genuine or not: the public change log of files, chained by hash, and the answers that rest on it.

`recording` writes what became public, was replaced or withdrawn; `lookup` answers for a fingerprint; `checking`
verifies the chain against database and storage. docs/verification.md says how people use it.
"""
