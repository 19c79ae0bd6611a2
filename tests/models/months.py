"""Months of one unit: so many dossiers settled in time and so many late, for the charts and the forecast."""

from tests.models.dossier_sources import DossierSources
from tests.models.test_indicators import numbered


def given_month(
    dossiers: DossierSources, month: int, early: int, late: int, unit: str = "H19.01", year: int = 2025
) -> None:
    """Dossiers accepted on the 3rd, promised for the 10th, settled on the 7th (early) or the 12th (late)."""
    for name, count, day in (("early", early, 7), ("late", late, 12)):
        if count:
            dossiers.given(
                numbered(f"{unit}-{year}-{month}-{name}-", count, completed=f"{year}-{month:02}-{day:02} 09:00"),
                accepted=f"{year}-{month:02}-03 08:00",
                appointment=f"{year}-{month:02}-10 16:30",
                unit=unit,
            )
