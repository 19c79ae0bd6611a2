"""What the portal gives and what somebody saved of it are judged alike."""

from warehouse.expectations.staging._national_scores import rules


RULES = rules()
