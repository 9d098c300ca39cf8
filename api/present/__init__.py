"""From pages and files to the shapes of `api.schemas`, field by field: what is not named here does not get out."""
