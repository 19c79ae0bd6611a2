-- Từng dòng sổ xếp loại (chỉ trong kho nội bộ) với ngày cuối kỳ và khung điểm của ngày đó; điểm trái mức thì nêu ra.
with placed as (
    select
        *,
        case
            when period = 'Năm' then 'year'
            when starts_with(period, 'Quý') then 'quarter'
            else 'month'
        end as period_kind,
        last_day(make_date(
            year,
            case period_kind
                when 'year' then 12
                when 'quarter' then 3 * list_position(['I', 'II', 'III', 'IV'], split_part(period, ' ', 2))
                else split_part(period, ' ', 2)::integer
            end,
            1
        ))                                                              as period_end,
        if(kind = 'Viên chức', 'vien_chuc', 'can_bo_cong_chuc')         as staff,
        coalesce(points, general_points + task_points)                  as total_points,
        coalesce(stage, 'Có quyết định') = 'Có quyết định'
        and filled(decision_number)
        and decided_on is not null                                      as has_decision
    from staging.registers__ratings
),

-- The hundred points have two parts.
scale as (
    select
        (value ->> '$.tieu_chi_chung')::double      as most_general,
        (value ->> '$.ket_qua_nhiem_vu')::double    as most_task,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'rating_points'
)

select
    placed.*,
    case
        when band.lowest_score is null then null
        when
            general_points > scale.most_general
            or task_points > scale.most_task
            or total_points > scale.most_general + scale.most_task then 'Điểm vượt thang điểm'
        when points <> general_points + task_points then 'Tổng điểm khác tổng hai phần'
        when total_points < band.lowest_score or total_points >= band.below_score
            then 'Điểm không thuộc khung của mức xếp loại'
    end as contradiction,
    -- Of a person's rows of a period, proposed and decided, the newest decision known today.
    row_number() over (
        partition by placed.year, placed.period, placed.person
        order by has_decision desc, if(has_decision, decided_on, null) desc nulls last, placed.record_key
    ) = 1 as is_standing
from placed
inner join scale on placed.period_end between scale.holds_from and scale.holds_to
left join reference.rating_bands as band
    on
        band.staff = placed.staff
        and band.category = placed.category
        and placed.period_end between band.holds_from and band.holds_to
