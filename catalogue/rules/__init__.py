"""Rules of the catalogue as plain functions, with their thresholds as data."""
