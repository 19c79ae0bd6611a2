-- MT4b theo từng người (chỉ trong kho nội bộ): chỉ xếp loại đã có quyết định đến ngày đo mới được tính (T29).
with good as (
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

-- Whose ratings each definition counts: `staff` as MT4a tells people apart.
definitions as (
    select
        kind.definition,
        kind.staff,
        if(kind.definition = 'XS', ['Hoàn thành xuất sắc nhiệm vụ'], good.categories) as categories,
        good.holds_from,
        good.holds_to
    from good
    cross join (values ('STD', 'STD'), ('VC', 'VC'), ('XS', 'STD')) as kind (definition, staff)
),

in_scope as (
    select
        'STD'                                       as staff,
        unnest(from_json(value, '["VARCHAR"]'))     as kind_code,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-09'
    union all
    select * from (
        values ('VC', 'vien_chuc', date '0001-01-01', date '9999-12-31')
    ) as apart (staff, kind_code, holds_from, holds_to)
),

rated as (
    select rating.* exclude (kind), in_scope.staff
    from indicators.year_ratings as rating
    inner join in_scope
        on
            replace(fold_ascii(rating.kind), ' ', '_') = in_scope.kind_code
            and rating.on_date between in_scope.holds_from and in_scope.holds_to
),

-- Once ratings come in, an official whom the register does not name yet keeps the question open.
everybody as (
    select * from rated
    union all by name
    select
        standard.on_date,
        standard.person,
        standard.definition as staff
    from indicators.title_standards as standard
    where
        standard.outcome <> 'excluded'
        and standard.on_date in (select rating.on_date from indicators.year_ratings as rating)
        and (standard.on_date, standard.person) not in (
            select (rating.on_date, rating.person) from indicators.year_ratings as rating
        )
),

judged as (
    select
        everybody.*,
        definition.definition,
        case
            when everybody.category is null or everybody.differing_columns is not null then 'undetermined'
            when everybody.category = 'Chưa xếp loại' then 'excluded'
            when not everybody.is_decided or everybody.contradiction is not null then 'undetermined'
            when everybody.category in (select unnest(definition.categories)) then 'met'
            else 'failed'
        end as outcome
    from everybody
    inner join definitions as definition
        on
            definition.staff = everybody.staff
            and everybody.on_date between definition.holds_from and definition.holds_to
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
        when outcome = 'undetermined' and not is_decided then 'CHUA_CO_QUYET_DINH'
        when outcome = 'undetermined' then 'DIEM_TRAI_MUC'
    end             as reason_code,
    case
        when outcome = 'excluded' then 'Chưa đủ điều kiện xếp loại'
        when outcome = 'failed' then 'Xếp loại: ' || category
        when outcome = 'undetermined' and category is null then 'Chưa có trong danh sách xếp loại'
        when outcome = 'undetermined' and differing_columns is not null then 'Sổ ghi hai lần khác nhau'
        when outcome = 'undetermined' and not is_decided then 'Chưa có quyết định xếp loại'
        -- What differs stays within: the numbers of one person tell who it is.
        when outcome = 'undetermined' then 'Điểm trái mức xếp loại'
    end             as reason
from judged
