-- What a rule asked and said when it was asked: rules and their words change, and results stay.
alter table ledger.checks add column rule_version varchar;
alter table ledger.checks add column message varchar;
alter table ledger.checks add column advice varchar;
