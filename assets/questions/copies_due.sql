-- Half of the sample are dossiers that were missing when last asked for, the rest another draw every day.
with asked as (
    select record_key, not max_by(cast(payload ->> '$.is_known' as boolean), version) as was_missing
    from raw.tthc__dossier_copies
    where first_seen_at < $midnight
    group by record_key
),

dossiers as (
    select
        record_key,
        coalesce(was_missing, false) as was_missing,
        row_number() over (partition by coalesce(was_missing, false) order by md5(record_key || $today)) as place
    from (
        select record_key from raw.portal__dossiers
        where not starts_with(record_key, 'id:') and not starts_with(record_key, 'sha256:')
        group by record_key
        having max_by(withdrawn_at is null and (payload ->> '$.acceptedDate') < $today, version)
    ) as accepted
    left join asked using (record_key)
)

select record_key from dossiers
where place <= $sample and (not was_missing or place <= $sample // 2)
order by was_missing desc, place asc
limit $sample
