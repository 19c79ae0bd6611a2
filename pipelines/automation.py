"""What Dagster does by itself, by name: three schedules and two sensors, all on by default."""

import dagster as dg
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus

from assets.partitions import enter
from assets.run_settings import LOCAL


DAILY, AXIS_WATCH, MAINTENANCE = "daily_0130", "axis_watch_every_5_minutes", "maintenance_weekly"
REGISTERS_CHANGED, INCIDENT_WATCH = "registers_changed", "incident_watch"
NIGHTLY = "30 1 * * *"
# What stops while one of them is off, in the officer's words.
WITHOUT = {
    DAILY: "Không lần chạy đêm nào tự khởi động, nên số liệu không được công bố mới.",
    AXIS_WATCH: "Không ai xem hàng đợi của trục giữa hai đêm, nên gói tin bị hệ thống khác lấy mất thì không biết.",
    REGISTERS_CHANGED: "Sổ mà các phòng vừa lưu chỉ được đọc trong lần chạy đêm.",
    MAINTENANCE: "Nhật ký các lần chạy cũ và chỗ trống của kho không được dọn, bản ghi gốc không được đối chiếu hết.",
    INCIDENT_WATCH: "Giữa hai đêm không ai xem có gì hỏng để báo.",
}


def day_that_begins(context: dg.ScheduleEvaluationContext) -> str:
    """Of a nightly tick, as a closing date: what is first seen then belongs to it. It is made a partition."""
    day = context.scheduled_execution_time.astimezone(LOCAL).date().isoformat()
    enter(context.instance, day)
    return day


def stopped(instance: dg.DagsterInstance) -> list[InstigatorState]:
    """What somebody has switched off, also of an earlier release; of what is on Dagster may have no word."""
    return [state for state in instance.all_instigator_state() if state.status == InstigatorStatus.STOPPED]
