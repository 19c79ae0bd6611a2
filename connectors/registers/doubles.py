"""Two rows of one natural key: the same thing said twice, a row that completes the other, or a contradiction."""

from connectors.registers.cells import plain
from connectors.registers.rejections import Values
from connectors.registers.shapes import DIFFERING, Register


def taken_together(register: Register, first: Values, again: Values, where: str) -> str:
    """What a second row adds goes into `first`; columns in which both say something else are named there, under
    DIFFERING, so that nothing is concluded from it. Returns what the officer is told; `where`: the first row's place.

    Of a hidden column only its hash or the pseudonym is kept, so a difference in its spelling says nothing.
    """
    filled, differing = [], []
    for column in register.columns:
        one, other = first.get(column.field), again.get(column.field)
        if column.is_hidden or plain(one or "") == plain(other or ""):
            continue
        if (one and other) or column.is_empty_said:
            differing.append(column.header)
        elif other:
            first[column.field] = other
            filled.append(column.header)
    if differing:
        before = first[DIFFERING].split("; ") if DIFFERING in first else []
        first[DIFFERING] = "; ".join(dict.fromkeys([*before, *differing]))
        return (
            f"cùng một bản ghi với {where} nhưng khác ở cột {', '.join(differing)}; chưa biết dòng nào đúng nên bản ghi"
            " chưa được kết luận, sửa hoặc xóa một dòng"
        )
    if filled:
        return f"cùng một bản ghi với {where}; đã lấy thêm cột {', '.join(filled)}"
    return f"trùng với {where}"
