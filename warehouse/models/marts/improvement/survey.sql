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
    survey.answered / nullif(survey.invited, 0)                     as response_rate,
    survey.satisfied,
    survey.satisfied / nullif(survey.answered, 0)                   as satisfied_share,
    survey.average_score::double                                     as score,
    survey.scale,
    coalesce(survey.answered, 0) >= enough.value                    as is_enough,
    survey.published_on
from staging.registers__surveys as survey
inner join reference.closing as closing on survey.ends_on <= closing.closing_date
inner join reference.improvement_limits as enough on enough.name = 'survey_answers'
left join core.office_unit_names as named on named.folded_name = fold_ascii(survey.unit)
order by survey.ends_on, unit_code, unit_name, survey.topic
