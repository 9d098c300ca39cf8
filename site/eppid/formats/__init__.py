"""How dates and times are typed: day first, in either language of the admin.

Django's own lists take "03/04/2026" for the 4th of March in English and let month-first dates through in Indonesian.
In an office a date that is read differently from how it was meant is a wrong day of publication.
"""

DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d/%m/%y", "%d %b %Y", "%d %B %Y"]
TIME_INPUT_FORMATS = ["%H.%M", "%H.%M.%S", "%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = [
    f"{date} {time}" for date in ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y") for time in TIME_INPUT_FORMATS
]
