-- Words every model may use; made again as temporary macros each time the warehouse is opened.
-- The linter knows neither DuckDB's macros nor its lambdas and would take their bodies for lost indentation.
-- noqa: disable=all

-- Text as people compare it: one Unicode form, one space (the non-breaking ones too), no case. Accents stay.
create or replace temp macro fold(text) as
    lower(trim(regexp_replace(
        nfc_normalize(text), '[\s\x{00A0}\x{1680}\x{2000}-\x{200B}\x{202F}\x{205F}\x{3000}\x{FEFF}]+', ' ', 'g'
    )));

-- Without accents; strip_accents keeps đ, and legacy fonts write it as the Icelandic ð (domain §10 T34).
create or replace temp macro fold_ascii(text) as
    translate(strip_accents(fold(text)), 'đð', 'dd');

-- Whether somebody wrote something: dashes, dots and spaces are nothing.
create or replace temp macro filled(text) as
    coalesce(regexp_matches(cast(text as varchar), '[\p{L}\p{N}]'), false);

-- Behind a count: how many of them a register tells in two ways; nothing where none.
create or replace temp macro contradicted(records) as
    if(records > 0, '; ' || records || ' bản ghi sổ ghi hai lần khác nhau', '');

-- A rate where at least the share `least` of the records that it speaks of is decided; elsewhere there is only a range.
create or replace temp macro reported_rate(numerator, denominator, undetermined, least) as
    case when denominator > 0 and denominator >= least * (denominator + undetermined) then numerator / denominator end;

-- Wilson's interval of a share (1927), at 95 %: its lower end (side -1) or its upper one (side 1); wide where there are few.
create or replace temp macro wilson_95(numerator, denominator, side) as
    case when denominator > 0 then least(1.0, greatest(0.0, (
        numerator / denominator + 1.920729410347062 / denominator
        + side * 1.959963984540054 * sqrt(
            numerator / denominator * (1 - numerator / denominator) / denominator
            + 0.960364705173531 / (denominator::double * denominator)
        )
    ) / (1 + 3.841458820694124 / denominator))) end;

-- One name out of an i18n array [{languageId, name}] (228 is Vietnamese) or of plain text; spaces folded, case kept.
-- 0.97 → 97,00 %.
create or replace temp macro percent_words(fraction) as
    replace(printf('%.2f', 100 * fraction::double), '.', ',') || ' %';

-- 0.0049 → 0,49 điểm phần trăm.
create or replace temp macro points_words(fraction) as
    replace(printf('%.2f', 100 * fraction::double), '.', ',') || ' điểm phần trăm';

create or replace temp macro display_name(text) as
    trim(regexp_replace(nfc_normalize(
        case
            when text[1] in ('[', '{') and json_valid(text) then coalesce(
                json_extract_string(text, '$.name'),
                list_filter(
                    from_json(text, '[{"languageId": "VARCHAR", "name": "VARCHAR"}]'),
                    lambda entry: entry.languageId = '228'
                )[1].name,
                json_extract_string(text, '$[0].name')
            )
            else cast(text as varchar)
        end
    ), '[\s\x{00A0}]+', ' ', 'g'));

-- Text with an offset (+07:00, +0700, Z) or without one, which then means local time, as naive local time (UTC+7).
-- Viet Nam has had no other offset since 1975, so a fixed shift is exact and three times faster than time zone rules.
-- By its exact shape first: DuckDB's cast alone also reads 24:00, (BC), infinity and the name of a zone, which no shift
-- follows; and other programs read other things.
create or replace temp macro iso_timestamp(text) as
    case when regexp_full_match(
        text,
        '([1-9]\d{3}-\d{1,2}-\d{1,2}|[1-9]\d{3}/\d{1,2}/\d{1,2})'
        || '([T ]([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?)?'
    ) then make_timestamp(
        epoch_us(try_cast(text as timestamptz))
        + case
            when
                contains(substr(text, 14), '+')
                or contains(substr(text, 14), '-')
                or contains(substr(text, 14), 'Z')
                then 25200000000
            else 0
        end
    ) end;

-- What of a moment counts against a limit: its minute for a limit in hours, else its day (domain §2.7).
create or replace temp macro limit_mark(moment, limit_unit) as
    date_trunc(if(limit_unit = 'h', 'minute', 'day'), cast(moment as timestamp));

-- The day that .NET writes for "no date".
create or replace temp macro is_no_date(text) as
    starts_with(trim(text), '0001-01-01') or starts_with(trim(text), '01/01/0001');

-- The forms that the standard does not know, each by its exact shape: strptime alone reads a part of almost any number.
create or replace temp macro other_timestamp(text) as
    case
        when regexp_full_match(text, '\d{1,2}/\d{1,2}/[1-9]\d{3}( +\d{1,2}:\d{1,2}(:\d{1,2})?)?')
            then try_strptime(text, ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y'])
        when regexp_full_match(text, '\d{1,2}-\d{1,2}-[1-9]\d{3}( +\d{1,2}:\d{1,2}:\d{1,2})?')
            then try_strptime(text, ['%d-%m-%Y %H:%M:%S', '%d-%m-%Y'])
        when regexp_full_match(text, '[1-9]\d{13}') then try_strptime(text, '%Y%m%d%H%M%S')
        when regexp_full_match(text, '[1-9]\d{7}') then try_strptime(text, '%Y%m%d')
        -- Milliseconds since 1970 in UTC, as JavaScript counts.
        when regexp_full_match(text, '\d{13}') then make_timestamp((try_cast(text as bigint) + 25200000) * 1000)
    end;

create or replace temp macro local_timestamp(text) as
    case when not is_no_date(text) then coalesce(iso_timestamp(text), other_timestamp(trim(text))) end;

create or replace temp macro local_date(text) as
    cast(local_timestamp(text) as date);

-- A filled text that is no date, for the officer to look up in the source; NULL when there is nothing to say.
create or replace temp macro unreadable(field, text) as
    case when trim(text) <> '' and not is_no_date(text) and local_timestamp(text) is null then field || ': ' || text end;

-- The three generations of organ codes in one form, left to right (domain §8.4): 00.02.H19 and H19.02 are one office,
-- 000.00.00.H19 is the province. Old codes list the smallest unit first and pad with zero groups.
create or replace temp macro reversed_organ_code(code) as
    regexp_replace(
        array_to_string(list_reverse(string_split(code, '.')), '.'), '(\.0{2,3})+$', ''
    );

create or replace temp macro bare_organ_code(code) as
    case
        when regexp_full_match(code, '(\d{2,3}\.){1,3}[A-Z]\d{2}') then reversed_organ_code(code)
        else code
    end;

create or replace temp macro organ_code(text) as
    bare_organ_code(regexp_replace(upper(trim(text)), '\.E-DOC\.VN$', ''));

-- 1.000123 out of the province's copies 1.000123.000.00.00.H19 and 1.000123.H19; other texts stay as they are.
create or replace temp macro national_procedure_code(text) as
    coalesce(nullif(regexp_extract(trim(text), '^(\d\.\d{6})(\.|$)', 1), ''), trim(text));

-- A time limit {amount, unit} as people write it; NULL where its amount or its unit cannot be read.
create or replace temp macro limit_text(span, labels) as
    format('{:g}', span.amount) || ' ' || labels[span.unit];

-- The limit of a dossier as people say it; a unit that is none of the portal's three stays what the source wrote.
create or replace temp macro limit_words(amount, unit) as
    replace(format('{:g}', cast(amount as double)), '.', ',') || ' '
    || coalesce(map {'d': 'ngày làm việc', 'h': 'giờ làm việc', 'c': 'ngày, kể cả ngày nghỉ'}[unit], unit);

-- Of two agencies {code, name}: one branch of codes, or one name that begins with the other; NULL where neither tells.
create or replace temp macro is_same_agency(ours, theirs) as
    case
        when starts_with(ours.code || '.', theirs.code || '.') or starts_with(theirs.code || '.', ours.code || '.')
            or starts_with(fold(ours.name), fold(theirs.name)) or starts_with(fold(theirs.name), fold(ours.name))
            then true
        when ours.code || theirs.code is not null or ours.name || theirs.name is not null then false
    end;

-- What remains for a reader of text that may hold HTML: without tags, accents, case and closing punctuation.
create or replace temp macro plain_text(text) as
    rtrim(fold_ascii(regexp_replace(
        regexp_replace(text, '<[^>]*>', ' ', 'g'), '&(nbsp|#160|#xa0);', ' ', 'gi'
    )), ' .;,:…');

-- The day in Viet Nam of an instant.
create or replace temp macro local_day(instant) as
    cast(timezone('UTC', instant) + interval 7 hour as date);

-- Whether a field says something: filled, and not with a word that only keeps the place of an answer.
create or replace temp macro stated(text, placeholders) as
    filled(text) and not list_contains(placeholders, plain_text(text));

-- Number and notation as one word: 07/QĐ-UBND and "7 / qđ-ubnd" name one document.
create or replace temp macro document_code(text) as
    regexp_replace(replace(fold_ascii(text), ' ', ''), '^0+', '');

-- The same for people, as written save for spaces and leading zeros: 7/QĐ-UBND, 5/TTr-UBND.
create or replace temp macro document_label(text) as
    regexp_replace(regexp_replace(nfc_normalize(text), '[\s\x{00A0}]+', '', 'g'), '^0+', '');

-- Of several spellings of one document the one with accents and capitals, whichever register or axis it comes from.
create or replace temp macro one_label(labels) as
    list_sort(list_transform(
        list_filter(labels, lambda label: label is not null),
        lambda label: {'is_bare': label = translate(strip_accents(label), 'Đđ', 'Dd'), 'label': label}
    ))[1].label;

-- The number of dossierStatus by which iGate takes a dossier out of its lists (protocols B.6.3, E.3).
create or replace temp macro is_removed(status_id) as
    trim(status_id) = '18';

-- A row of the national scores (QĐ 766), keyed `2025-10|H19.02`, as the portal gives it and as a saved table holds it.
create or replace temp macro national_score(key, payload) as {
    'score_year': try_cast(split_part(split_part(key, '|', 1), '-', 1) as integer),
    'score_month': try_cast(split_part(split_part(key, '|', 1), '-', 2) as integer),
    'unit_code': organ_code(split_part(key, '|', 2)),
    'rank_told': try_cast(payload ->> '$.ROW_STT' as integer),
    'score_ckmb': try_cast(payload ->> '$.CKMB' as decimal(6, 2)),
    'score_tdgq': try_cast(payload ->> '$.TDGQ' as decimal(6, 2)),
    'score_clgq': try_cast(payload ->> '$.CLGQ' as decimal(6, 2)),
    'score_tttt': try_cast(payload ->> '$.TTTT' as decimal(6, 2)),
    'score_mdhl': try_cast(payload ->> '$.MDHL' as decimal(6, 2)),
    'score_mdsh': try_cast(payload ->> '$.MDSH' as decimal(6, 2)),
    'score_total': try_cast(payload ->> '$.TONG_SCORE' as decimal(6, 2))
};

-- How a text compares with another one, by the kind of their column: -1, 0 or 1; NULL where either says nothing.
create or replace temp macro compared(kind, left_text, right_text) as
    case
        when kind = 'number'
            then sign(try_cast(left_text as decimal(24, 6)) - try_cast(right_text as decimal(24, 6)))::integer
        when kind = 'date' then case
            when left(left_text, 10) < left(right_text, 10) then -1
            when left(left_text, 10) = left(right_text, 10) then 0
            when left(left_text, 10) > left(right_text, 10) then 1
        end
        when fold(left_text) < fold(right_text) then -1
        when fold(left_text) = fold(right_text) then 0
        when fold(left_text) > fold(right_text) then 1
    end;

-- A figure or a target for people: a share as a percentage, anything else in its own unit (none: the number alone).
create or replace temp macro measured_text(value, unit) as
    replace(format('{:.4g}', if(unit = '%', 100, 1) * cast(value as double)), '.', ',') || coalesce(' ' || unit, '');

-- Whether a delivery counts as fully electronic (P-06): what is known to fail fails, whatever else is not known.
create or replace temp macro delivery_outcome(is_void, is_in_doubt, doubt, tests, e1, e2, e3, e4) as case
    when is_void then 'excluded'
    when is_void is null or is_in_doubt then 'undetermined'
    when
        e1 is false and list_contains(tests, 'E1') or e2 is false and list_contains(tests, 'E2')
        or e3 is false and list_contains(tests, 'E3') or e4 is false and list_contains(tests, 'E4') then 'failed'
    when
        doubt is not null or e1 is null and list_contains(tests, 'E1') or e2 is null and list_contains(tests, 'E2')
        or e3 is null and list_contains(tests, 'E3') or e4 is null and list_contains(tests, 'E4') then 'undetermined'
    else 'met'
end;

-- Whether a recipient has told `wanted_stage` of the exchange (E4); unknown where its packets may have been taken.
create or replace temp macro is_delivered(evidence, is_unread, is_on_axis, is_refused, stage, wanted_stage) as case
    when evidence = 'chua_thay' or (evidence = 'phan_lon' and not is_refused and stage < wanted_stage) then null
    when is_on_axis then not is_refused and stage >= wanted_stage
    when is_unread then null
    else false
end;
