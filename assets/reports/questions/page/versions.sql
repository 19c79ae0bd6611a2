select
    name,
    content_hash
from reference.versions
order by name
