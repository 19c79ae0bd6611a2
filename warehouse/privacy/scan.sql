-- How many values of each column hold something personal, by what that is; patterns stand as literals, read once.
with bare as (
    select
        table_name,
        column_name,
        without_keys(nfc_normalize(text)) as text
    from temp.candidates
),

judged as (
    select
        table_name,
        column_name,
        has_identity_number(text)                   as has_identity_number,
        has_telephone(text)                         as has_telephone,
        has_mail_address(text)                      as has_mail_address,
        has_full_name(text, $places, $family_names) as has_full_name
    from bare
)

select
    table_name,
    column_name,
    count(*) filter (where has_identity_number) as identity_numbers,
    count(*) filter (where has_telephone)       as telephones,
    count(*) filter (where has_mail_address)    as mail_addresses,
    count(*) filter (where has_full_name)       as full_names
from judged
where has_identity_number or has_telephone or has_mail_address or has_full_name
group by all
order by all
