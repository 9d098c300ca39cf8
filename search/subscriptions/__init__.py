"""Searches followed by e-mail: asked for on the results page, confirmed from the mailbox, ended with a click.

`models` keeps them, `signup` and `forms` take them in, `views` are the pages behind the links, `news` finds what is
new, `mails` writes it down, `delivery` brings it exactly to whom it is due, `jobs` is the timetable.
"""
