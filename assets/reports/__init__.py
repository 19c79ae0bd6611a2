"""What people read: page, report, explanation, tables of the terminal; made of one published file and nothing else."""
