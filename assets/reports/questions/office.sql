-- Who publishes, as the file itself says.
select
    name,
    formal_name,
    short_name,
    letterhead_authority,
    letterhead_office,
    document_symbol,
    place_of_signing,
    signatory,
    recipients
from reference.office
where (select closing_date from reference.closing) between holds_from and holds_to
