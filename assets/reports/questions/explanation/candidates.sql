-- A code as people write it: with spaces, dots or dashes left out, in small letters, or its last part alone.
with folded as (
    select
        dossier_code,
        regexp_replace(upper(dossier_code), '[^A-Z0-9]', '', 'g')   as known,
        regexp_replace(upper($written), '[^A-Z0-9]', '', 'g')       as asked
    from core.dossier_intake
    where dossier_code is not null
)

select
    dossier_code,
    dossier_code = $written                             as is_exact,
    known = asked                                       as is_same,
    length(asked) >= 6 and ends_with(known, asked)      as is_ending,
    levenshtein(known, asked)                           as distance
from folded
order by is_exact desc, is_same desc, is_ending desc, distance asc, dossier_code asc
limit 6
