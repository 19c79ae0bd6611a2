-- What an attempt had to tell of how the source answers: totals that are off, rows listed twice, a depth refused.
alter table ledger.extractions add column told varchar;
