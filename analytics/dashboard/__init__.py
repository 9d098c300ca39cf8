"""The statistics as people read them: `/statistik/` for everybody, and a fuller view in the admin.

`asking` reads whose figures of when are asked for, `tables` says what a table is, `days`, `downloads`, `reading`,
`uploaded`, `sources`, `renewed`, `offices` and `service` fill them, `pictures` draws them, `overview` puts them on
one page, `exporting` sends them as data. Views and templates only show what these give.
"""
