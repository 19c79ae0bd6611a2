"""Exclusions of MT2b stay few enough not to hide what is not done."""

from warehouse.expectations.exclusions import EXCLUSIONS_ARE_FEW


RULES = [EXCLUSIONS_ARE_FEW]
