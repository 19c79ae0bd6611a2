-- Where detectors look for figures made to look better than they are.
create schema anomalies;
