//! A policy as the fields that would set it.

use super::{Fields, amount::write_amount, slots};
use crate::ledger::{Counting, Credit, Policy, TemplateCredit};
use crate::shifts::ShiftTemplate;

/// Reading these gives the same policy. Ticks that are off have no field, as browsers post them.
pub fn write_settings(policy: &Policy, templates: &[ShiftTemplate]) -> Fields {
    let amount = |credit: Credit| write_amount(credit, policy.counting);
    let or_none = |credit: Option<Credit>| credit.map(amount).unwrap_or_default();
    let (counting, a_shift) = match policy.counting {
        Counting::Shift => ("shift", String::new()),
        Counting::Minutes { a_shift } => ("minutes", a_shift.to_string()),
    };
    // The smallest debt there is: any debt at all.
    let alert_from = Some(policy.alarm.alert_from).filter(|from| *from != Credit(1));
    let mut fields: Vec<(String, String)> = [
        ("due", amount(policy.due)),
        ("leave_min_d", policy.leave_min_d.to_string()),
        ("counting", counting.to_owned()),
        ("a_shift", a_shift),
        ("owed", policy.absence.owed.to_string()),
        ("excused_owed", policy.absence.excused_owed.to_string()),
        ("alert_from", or_none(alert_from)),
        ("late_from", amount(policy.alarm.late_from)),
        ("delay_d", policy.alarm.delay_d.to_string()),
        ("alert_d", policy.alarm.alert_d.map(|days| days.to_string()).unwrap_or_default()),
        ("grace_d", policy.alarm.grace_d.to_string()),
        ("out_from", or_none(policy.alarm.out_from)),
        ("ahead_cap", or_none(policy.ahead.cap)),
        ("owed_cap", or_none(policy.owed_cap)),
        ("draws_a_year", policy.pot.draws_a_year.to_string()),
        ("pot_floor", amount(policy.pot.floor)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    let ticks =
        [("lead_may_reduce", policy.absence.lead_may_reduce), ("saved", policy.ahead.saved), ("pot_open", policy.pot.open)];
    fields.extend(ticks.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name.to_owned(), "true".to_owned())));
    for light in &policy.light {
        let row = [
            ("light_from", light.days.from.to_string()),
            ("light_to", light.days.to.to_string()),
            ("light_due", amount(light.due)),
            ("light_owed", light.owed.map(|owed| owed.to_string()).unwrap_or_default()),
            ("light_why", light.why.clone()),
        ];
        fields.extend(row.map(|(name, value)| (name.to_owned(), value)));
    }
    fields.extend(credits(policy, templates));
    fields
}

fn credits(policy: &Policy, templates: &[ShiftTemplate]) -> Fields {
    let of = |template: &ShiftTemplate| -> Option<Credit> {
        let known: Option<&TemplateCredit> = policy.credits.iter().find(|known| known.template == template.id);
        known.map(|known| known.credit)
    };
    let written = |credit: Option<Credit>| credit.map(|credit| write_amount(credit, policy.counting)).unwrap_or_default();
    let mut fields = Fields::new();
    for slot in slots(templates) {
        let mut each = slot.weeks.values().map(|template| of(template));
        let first = each.next().flatten();
        if each.all(|other| other == first) {
            fields.push((slot.field(), written(first)));
        } else {
            fields.extend(slot.weeks.iter().map(|(week, template)| (slot.field_of(*week), written(of(template)))));
        }
    }
    fields
}
