-- The indicators about dossiers, and whether they count those of these applicants.
select
    known.indicator,
    bool_or(population.applicant_group = $applicants) as counts_it
from reference.indicators as known
inner join core.dossier_populations as population using (indicator)
group by known.indicator
order by known.indicator
