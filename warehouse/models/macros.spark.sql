-- Words of macros.sql that Spark says in its own way: the same names, parameters and meaning (warehouse/engines/spark).
-- All other macros are put into a model as they stand there; what neither can say in SQL is a word of Words.java.
-- Java's \s and $ mean more than those of DuckDB's patterns, so neither stands here.
-- noqa: disable=all

create or replace temporary function fold(text string) returns string return
    lower_letters(trim(regexp_replace(
        nfc_normalize(text), r'[\t\n\f\r \x{00A0}\x{1680}\x{2000}-\x{200B}\x{202F}\x{205F}\x{3000}\x{FEFF}]+', ' '
    )));

create or replace temporary function fold_ascii(text string) returns string return
    translate(strip_accents(fold(text)), 'đð', 'dd');

create or replace temporary function filled(text string) returns boolean return
    coalesce(rlike(text, r'[\p{L}\p{N}]'), false);

create or replace temporary function display_name(text string) returns string return
    trim_spaces(regexp_replace(nfc_normalize(
        if(substring(text, 1, 1) in ('[', '{'), name_of(text), text)
    ), r'[\t\n\f\r \x{00A0}]+', ' '));

create or replace temporary function iso_timestamp(text string) returns timestamp_ntz return
    case
        when rlike(
            text,
            r'\A([1-9]\d{3}-\d{1,2}-\d{1,2}|[1-9]\d{3}/\d{1,2}/\d{1,2})'
            || r'([T ]([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?)?\z'
        )
            then cast(
                try_cast(regexp_replace(replace(text, '/', '-'), r'(\.\d{6})\d+', '$1') as timestamp_ltz)
                as timestamp_ntz
            ) + case
                    when rlike(substr(text, 14), '[-+Z]') then interval '7' hour
                    else interval '0' hour
                end
    end;

create or replace temporary function other_timestamp(text string) returns timestamp_ntz return
    case
        when rlike(text, r'\A\d{1,2}/\d{1,2}/[1-9]\d{3} +\d{1,2}:\d{1,2}:\d{1,2}\z')
            then try_to_timestamp(regexp_replace(text, ' +', ' '), 'd/M/yyyy H:m:s')
        when rlike(text, r'\A\d{1,2}/\d{1,2}/[1-9]\d{3} +\d{1,2}:\d{1,2}\z')
            then try_to_timestamp(regexp_replace(text, ' +', ' '), 'd/M/yyyy H:m')
        when rlike(text, r'\A\d{1,2}/\d{1,2}/[1-9]\d{3}\z') then try_to_timestamp(text, 'd/M/yyyy')
        when rlike(text, r'\A\d{1,2}-\d{1,2}-[1-9]\d{3} +\d{1,2}:\d{1,2}:\d{1,2}\z')
            then try_to_timestamp(regexp_replace(text, ' +', ' '), 'd-M-yyyy H:m:s')
        when rlike(text, r'\A\d{1,2}-\d{1,2}-[1-9]\d{3}\z') then try_to_timestamp(text, 'd-M-yyyy')
        when rlike(text, r'\A[1-9]\d{13}\z') then try_to_timestamp(text, 'yyyyMMddHHmmss')
        when rlike(text, r'\A[1-9]\d{7}\z') then try_to_timestamp(text, 'yyyyMMdd')
        when rlike(text, r'\A\d{13}\z') then cast(timestamp_millis(cast(text as bigint) + 25200000) as timestamp_ntz)
    end;

create or replace temporary function local_timestamp(text string) returns timestamp_ntz return
    case
        when not (startswith(trim_spaces(text), '0001-01-01') or startswith(trim_spaces(text), '01/01/0001'))
            then coalesce(iso_timestamp(text), other_timestamp(trim_spaces(text)))
    end;

create or replace temporary function local_date(text string) returns date return
    cast(local_timestamp(text) as date);

create or replace temporary function bare_organ_code(code string) returns string return
    case
        when rlike(code, r'\A(\d{2,3}\.){1,3}[A-Z]\d{2}\z')
            then regexp_replace(array_join(reverse(split(code, r'\.')), '.'), r'(\.0{2,3})+\z', '')
        else code
    end;

create or replace temporary function organ_code(text string) returns string return
    bare_organ_code(regexp_replace(upper_letters(trim_spaces(text)), r'\.E-DOC\.VN\z', ''));

create or replace temporary function national_procedure_code(text string) returns string return
    coalesce(nullif(regexp_extract(trim_spaces(text), r'\A(\d\.\d{6})(\.|\z)', 1), ''), trim_spaces(text));

create or replace temporary function plain_text(text string) returns string return
    rtrim(' .;,:…', fold_ascii(regexp_replace(regexp_replace(text, '<[^>]*>', ' '), r'(?i)&(nbsp|#160|#xa0);', ' ')));

create or replace temporary function document_code(text string) returns string return
    regexp_replace(replace(fold_ascii(text), ' ', ''), r'\A0+', '');

create or replace temporary function document_label(text string) returns string return
    regexp_replace(regexp_replace(nfc_normalize(text), r'[\t\n\f\r \x{00A0}]+', ''), r'\A0+', '');
