-- MT4a theo từng người (chỉ trong kho nội bộ): vị trí chính tại ngày đo đạt mọi tiêu chí của chức danh hay không.
with in_scope as (
    select
        'STD'                                       as definition,
        unnest(from_json(value, '["VARCHAR"]'))     as kind_code,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-09'
),

-- One person is one position (T28): the primary one, of two primary ones the later.
held as (
    select
        day.on_date,
        official.*,
        replace(fold_ascii(official.kind), ' ', '_') as kind_code
    from core.measuring_days as day
    inner join staging.registers__officials as official
        on day.on_date between official.starts_on and coalesce(official.ends_on, date '9999-12-31')
    qualify row_number() over (
        partition by day.on_date, official.person
        order by official.is_primary = 'Có' desc, official.starts_on desc, official.record_key asc
    ) = 1
),

criteria as (
    select
        held.on_date,
        held.person,
        criterion.position,
        criterion.criterion as code,
        criterion.label,
        [
            held.professional, held.political, held.administration,
            held.leadership, held.language_it, held.experience
        ][criterion.position] as state
    from held
    inner join reference.title_criteria as criterion
        on held.on_date between criterion.holds_from and criterion.holds_to
),

-- Somebody still studying does not meet the standard yet, and is told apart from somebody who is not.
persons as (
    select
        on_date,
        person,
        arg_min(code || if(state = 'Chưa đạt', '', '_DANG_HOAN_THIEN'), position)
        filter (where state in ('Chưa đạt', 'Đang hoàn thiện'))                 as failed_code,
        arg_min(state || ': ' || label, position)
        filter (where state in ('Chưa đạt', 'Đang hoàn thiện'))                 as failed_reason,
        bool_and(coalesce(state in ('Đạt', 'Không yêu cầu'), false))                as is_met
    from criteria
    group by on_date, person
),

judged as (
    select
        held.*,
        persons.failed_code,
        persons.failed_reason,
        case
            when held.differing_columns is not null then 'undetermined'
            when held.absence <> 'Không' then 'excluded'
            when coalesce(held.is_primary, '') <> 'Có' then 'undetermined'
            when persons.is_met then 'met'
            when persons.failed_code is not null then 'failed'
            else 'undetermined'
        end as outcome
    from held
    inner join persons using (on_date, person)
)

select
    'MT4a'                  as indicator,
    wanted.definition,
    judged.on_date,
    judged.person,
    judged.outcome,
    case
        when judged.outcome = 'excluded' then replace(upper(fold_ascii(judged.absence)), ' ', '_')
        when judged.outcome = 'failed' then judged.failed_code
        when judged.differing_columns is not null then 'SO_MAU_THUAN'
        when judged.outcome = 'undetermined' and coalesce(judged.is_primary, '') <> 'Có' then 'CHUA_RO_VI_TRI_CHINH'
        when judged.outcome = 'undetermined' then 'CHUA_DU_HO_SO'
    end                     as reason_code,
    case
        when judged.outcome = 'excluded' then judged.absence
        when judged.outcome = 'failed' then judged.failed_reason
        when judged.differing_columns is not null then 'Sổ ghi hai lần khác nhau'
        when judged.outcome = 'undetermined' and coalesce(judged.is_primary, '') <> 'Có'
            then 'Chưa rõ vị trí chính'
        when judged.outcome = 'undetermined' then 'Chưa đủ hồ sơ để đánh giá'
    end                     as reason
from judged
inner join (
    select * from in_scope
    union all
    select * from (
        values ('VC', 'vien_chuc', date '0001-01-01', date '9999-12-31')
    ) as apart (definition, kind_code, holds_from, holds_to)
) as wanted
    on
        wanted.kind_code = judged.kind_code
        and judged.on_date between wanted.holds_from and wanted.holds_to
