"""The registers that the rooms keep in Excel or CSV: what none of the three systems knows.

catalogue.py says what a register is, reading.py finds it in a sheet, folder.py reads all files of a
folder, templates.py writes the workbooks that people fill in.
"""
