-- The day of the source's last count of its dossiers by month.
select max(cast(payload ->> '$.counted_on' as date)) from raw.portal__dossier_counts
