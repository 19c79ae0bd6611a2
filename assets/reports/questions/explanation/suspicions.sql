select distinct
    trap,
    sentence
from marts.anomaly
where record_kind = 'dossier' and record_key = $code
order by all
