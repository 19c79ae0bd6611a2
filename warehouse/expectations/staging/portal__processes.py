"""Every field of a record came as what it may be."""

from warehouse.expectations.readable import RECORD_IS_READABLE


RULES = [RECORD_IS_READABLE]
