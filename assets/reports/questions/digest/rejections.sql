-- What of the rooms' registers could not be taken, in the order in which a room finds it.
select
    file,
    sheet,
    row_number,
    column_name,
    message
from core.register_rejections
order by
    file asc,
    sheet asc,
    row_number asc,
    column_name asc,
    message asc
