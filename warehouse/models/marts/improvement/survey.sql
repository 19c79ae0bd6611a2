-- Khảo sát sự hài lòng (ISO 9.1.2): điểm, số phiếu, tỷ lệ trả lời của từng đợt; ít phiếu thì không kết luận.
select
    survey.survey_number,
    coalesce(named.unit_code, '?')                                  as unit_code,
    survey.unit                                                     as unit_name,
    survey.topic,
    survey.method,
    survey.starts_on,
    survey.ends_on,
    survey.invited,
    survey.answered,
    if(survey.differing_columns is null, survey.answered / nullif(survey.invited, 0), null) as response_rate,
    survey.satisfied,
    if(survey.differing_columns is null, survey.satisfied / nullif(survey.answered, 0), null) as satisfied_share,
    if(survey.differing_columns is null, survey.average_score::double, null) as score,
    survey.scale,
    if(survey.differing_columns is null, coalesce(survey.answered, 0) >= enough.value, null) as is_enough,
    survey.published_on,
    survey.differing_columns
from staging.registers__surveys as survey
inner join reference.closing as closing on survey.ends_on <= closing.closing_date
inner join reference.improvement_limits as enough on enough.name = 'survey_answers'
left join core.office_unit_names as named on named.folded_name = fold_ascii(survey.unit)
order by survey.ends_on, unit_code, unit_name, survey.topic
