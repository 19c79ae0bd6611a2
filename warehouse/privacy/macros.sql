-- What in a text may be a person, or a way to one; made again as temporary macros for a scan.
-- RE2 looks neither back nor ahead, so hashes, keys of systems and places are taken out before.
-- noqa: disable=all

-- Hashes and UUIDs hold any run of digits; the fraction of a second and the escapes of JSON are no words.
create or replace temp macro without_keys(text) as
    regexp_replace(regexp_replace(
        text,
        '\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b[0-9a-f]{24,64}\b|:\d\d[.,]\d{1,9}', ' ', 'g'
    ), '\\+[nrtu"/]', ' ', 'g');

-- Nine or twelve digits by themselves, or grouped as on a card; written to an abbreviation too.
create or replace temp macro has_identity_number(text) as
    regexp_matches(text, '(^|[^0-9A-Za-z.])(\d{9}|\d{12}|0\d\d([ .]\d{3}){3})($|[^0-9A-Za-z.]|[.]$|[.][^0-9])')
    or regexp_matches(text, '(?i)(cccd|cmnd|cmt):? ?(\d{9}|\d{12})($|\D)');

-- Of Viet Nam: mobile (03, 05, 07, 08, 09) and fixed lines (02), with or without the code of the country.
create or replace temp macro has_telephone(text) as
    regexp_matches(
        text,
        '(^|[^0-9A-Za-z.])(\(?\+?84\)?[ .-]?|0)([35789]\d{8}|[35789]\d{1,2}([ .-]\d{3,4}){2}|2\d{1,2}[ .-]?\d{7,8}'
        || '|2\d{1,2}[ .-]\d{3,4}[ .-]\d{3,4})($|[^0-9A-Za-z])'
    );

create or replace temp macro has_mail_address(text) as
    regexp_matches(text, '[\p{L}0-9._+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+');

-- A family name and two to four more words with capitals, that stand behind no street, school or prize.
create or replace temp macro has_full_name(text, places, family_names) as
    regexp_matches(regexp_replace(text, places, ' ', 'g'), family_names);
