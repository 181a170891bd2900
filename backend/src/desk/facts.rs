//! Absences as they are kept.

/// SQL for a [`domain::desk::Absence`] `a`, as JSON.
pub(super) const ABSENCE: &str = "jsonb_build_object('id', a.absence_id, 'employee', a.employee_id, 'from', a.from_on,
    'until', a.until_on, 'deputy', a.deputy_id, 'ended_on', a.ended_on)";
