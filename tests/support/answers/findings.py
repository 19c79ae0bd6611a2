"""Answers about what is odd: differences, suspicions, rules, forms."""

from collections import Counter, defaultdict

from tests.support.answers.evidence import Answer, Evidence
from tests.support.office import LAST_DAY


def differing_procedures(evidence: Evidence) -> Answer:
    words = {
        "LECH_NOI_DUNG": "LỆCH NỘI DUNG",
        "LECH_PHIEN_BAN": "LỆCH PHIÊN BẢN",
        "THIEU_TREN_CONG": "THIẾU TRÊN CỔNG",
        "THUA_TREN_CONG": "THỪA TRÊN CỔNG",
    }
    rows = [row for row in evidence.rows("core.procedure_sync") if row["as_at"] == LAST_DAY and row["result"] in words]
    rows.sort(key=lambda row: (row["result"], row["procedure_code"]))
    names = ("difference", "national_name", "portal_name")
    return [(row["procedure_code"], words[row["result"]], *(row[name] for name in names)) for row in rows]


def suspicions(evidence: Evidence) -> Answer:
    groups = defaultdict(list)
    for row in evidence.rows("marts.anomaly"):
        if row["unit_code"] not in ("?", None):
            groups[row["unit_code"], row["trap"], row["label"], row["severity"]].append(row["sentence"])
    found = [(*key, len(sentences), min(sentences)) for key, sentences in groups.items()]
    return sorted(found, key=lambda row: (-row[4], *row[:4]))


def differing_systems(evidence: Evidence) -> Answer:
    names = ("subject_label", "left_system", "right_system", "period_start", "left_count", "right_count")
    rows = [
        (*(row[name] for name in names), row["difference"], row["tolerated"], verdict)
        for row in evidence.rows("marts.reconciliation")
        if row["difference"] > 0
        for verdict in ["Trong ngưỡng" if row["difference"] <= row["tolerated"] else "Vượt ngưỡng: cần xem lại"]
    ]
    return sorted(rows, key=lambda row: (row[7] - row[6], *row[:4]))


def broken_rules(evidence: Evidence) -> Answer:
    failing: Counter[tuple[str, str, str]] = Counter()
    for row in evidence.rows("core.rule_results"):
        if row["failing_rows"]:
            failing[row["rule"], row["message"], row["severity"]] += row["failing_rows"]
    found = [(*key, count, 1) for key, count in failing.items()]
    return sorted(found, key=lambda row: (-row[3], row[0]))


def open_forms(evidence: Evidence) -> Answer:
    names = ("corrective_action", "responsible_unit_name", "responsible_post", "next_due_on", "effectiveness")
    rows = [
        (row["code"], row["state"], *(row[name] for name in names), row["next_due_on"] < LAST_DAY, row["recurs_of"])
        for row in evidence.rows("marts.nonconformity")
        if row["closed_on"] is None or row["effectiveness"] == "Chưa hiệu lực"
    ]
    return sorted(rows, key=lambda row: (not row[7], row[5], row[0]))
