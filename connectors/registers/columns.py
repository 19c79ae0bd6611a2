"""Columns that several registers have."""

from connectors.registers.shapes import Column


UNIT = Column("unit", "Đơn vị", "party", required=True, example="Phòng Ví dụ")
YEAR = Column("year", "Năm", "year", required=True, example="2000")
