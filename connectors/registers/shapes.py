"""What a register and its columns are."""

from dataclasses import dataclass
from typing import Literal


Kind = Literal["text", "party", "int", "year", "percent", "date", "moment", "month", "choice", "position", "number"]

# Beside the example row of a template, in the column of remarks; the row is no data as long as it stands there.
EXAMPLE_NOTE = "VÍ DỤ – dòng này không được tính"
REMARKS = "Ghi chú"
# Beside the fields of a row that another row of the same key contradicts: the headers of the columns that differ.
DIFFERING = "differing_columns"


@dataclass(frozen=True)
class Column:
    """One column: the field it becomes, the header people read, and what may stand in it.

    `moment` is a day with or without a time. `party` is an agency or a unit; a person in its place becomes a pseudonym.
    `position` is a text of which only titles and units are kept, `text` one of which no name of a person is. `personal`
    columns make up the pseudonym of a person and go no further; `hashed` ones are kept as SHA-256. `is_empty_said`: an
    empty cell says something too (nothing is excluded), so that another row does not fill it in. An `example` stands in
    the year 2000 and in a room that no office has, so that no real row is like it and it touches no figure.
    """

    field: str
    header: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None
    example: str = ""
    note: str = ""
    personal: bool = False
    hashed: bool = False
    is_empty_said: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether a wrong value may not be quoted."""
        return self.personal or self.hashed


@dataclass(frozen=True, eq=False)
class Register:
    """One register: a sheet of a workbook; `key` are the fields by which a row is known again.

    `year_of` puts the year of a date before the key: numbers begin anew each year.
    """

    name: str
    sheet: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    year_of: str | None = None

    @property
    def is_personal(self) -> bool:
        return any(column.personal for column in self.columns)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)
