-- MT4b theo từng người (chỉ trong kho nội bộ): chỉ xếp loại đã có quyết định đến ngày đo mới được tính (T29).
with in_scope as (
    select
        unnest(from_json(value, '["VARCHAR"]')) as kind_code,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-09'
),

good as (
    select
        case value ->> '$'
            when 'dung_tot' then ['Hoàn thành tốt nhiệm vụ']
            else ['Hoàn thành xuất sắc nhiệm vụ', 'Hoàn thành tốt nhiệm vụ']
        end as categories,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-10'
),

-- Of a person's rows, proposed and decided, the newest decision by the day holds; without one nothing is decided.
standing as (
    select
        day.on_date,
        rating.person,
        rating.category,
        rating.kind,
        rating.differing_columns,
        coalesce(rating.stage, 'Có quyết định') = 'Có quyết định'
        and filled(rating.decision_number)
        and coalesce(rating.decided_on <= day.on_date, false)   as is_decided
    from core.measuring_days as day
    inner join staging.registers__ratings as rating on rating.year = day.objective_year
    qualify row_number() over (
        partition by day.on_date, rating.person
        order by is_decided desc, if(is_decided, rating.decided_on, null) desc nulls last, rating.record_key
    ) = 1
),

rated as (
    select standing.* exclude (kind)
    from standing
    inner join in_scope
        on
            replace(fold_ascii(standing.kind), ' ', '_') = in_scope.kind_code
            and standing.on_date between in_scope.holds_from and in_scope.holds_to
),

-- Once ratings come in, an official whom the register does not name yet keeps the question open.
everybody as (
    select * from rated
    union all by name
    select
        standard.on_date,
        standard.person
    from indicators.title_standards as standard
    inner join core.measuring_days as day using (on_date)
    where
        standard.definition = 'STD'
        and standard.outcome <> 'excluded'
        and day.objective_year in (select rating.year from staging.registers__ratings as rating)
        and (day.objective_year, standard.person) not in (
            select (rating.year, rating.person) from staging.registers__ratings as rating
        )
),

judged as (
    select
        everybody.*,
        definition.definition,
        case
            when everybody.category is null or everybody.differing_columns is not null then 'undetermined'
            when everybody.category = 'Chưa xếp loại' then 'excluded'
            when not everybody.is_decided then 'undetermined'
            when everybody.category in (select unnest(definition.categories)) then 'met'
            else 'failed'
        end as outcome
    from everybody
    inner join (
        select
            'STD' as definition,
            *
        from good
        union all
        select
            'XS',
            ['Hoàn thành xuất sắc nhiệm vụ'],
            date '0001-01-01',
            date '9999-12-31'
    ) as definition on everybody.on_date between definition.holds_from and definition.holds_to
)

select
    'MT4b'          as indicator,
    definition,
    on_date,
    person,
    category,
    is_decided,
    outcome,
    case
        when outcome = 'excluded' then 'CHUA_XEP_LOAI'
        when outcome = 'failed' then replace(upper(fold_ascii(category)), ' ', '_')
        when outcome = 'undetermined' and category is null then 'CHUA_CO_TRONG_DANH_SACH'
        when outcome = 'undetermined' and differing_columns is not null then 'SO_MAU_THUAN'
        when outcome = 'undetermined' then 'CHUA_CO_QUYET_DINH'
    end             as reason_code,
    case
        when outcome = 'excluded' then 'Chưa đủ điều kiện xếp loại'
        when outcome = 'failed' then 'Xếp loại: ' || category
        when outcome = 'undetermined' and category is null then 'Chưa có trong danh sách xếp loại'
        when outcome = 'undetermined' and differing_columns is not null then 'Sổ ghi hai lần khác nhau'
        when outcome = 'undetermined' then 'Chưa có quyết định xếp loại'
    end             as reason
from judged
