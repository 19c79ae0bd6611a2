"""The registers that the rooms keep in Excel or CSV: what none of the three systems knows.

catalogue.py says what a register is; files.py, archives.py, workbooks.py and sheets.py make grids of cells out of a
folder; headers.py and decoration.py find the table in a grid; cells.py and names.py say what may stand in a cell;
reading.py takes the rows and rejections.py what was not taken; folder.py is all of it. templates.py writes the
workbooks that people fill in.
"""
