"""The demo office: KPU Kota Serang's site from the public facts of its annual report, marked as an example.

Every part adds what is missing and leaves alone what is there, so an officer's edits survive another run and a run
that was broken off is simply run again.
"""
