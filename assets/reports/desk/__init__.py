"""The officer's desk, as far as one published file answers it: dossiers to act on, what is set aside, what differs."""
