"""A year's service figures (requests, applicants, decisions, days): typed by an officer until a register knows them."""
