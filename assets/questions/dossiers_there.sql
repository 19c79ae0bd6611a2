-- The dossiers that are there, as far as is known.
select record_key
from raw.portal__dossiers
group by record_key
having max_by(withdrawn_at is null, version)
