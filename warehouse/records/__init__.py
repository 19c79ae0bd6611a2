"""The record-level edition, for auditors who are named: days instead of times, sensitive procedures masked."""
