//! A command as the fields of a plain form.

use domain::command::Command;
use serde_json::Value;

/// Name and value of each hidden field; a list repeats its name.
pub fn fields(command: &Command) -> Vec<(String, String)> {
    // Through its text, which is compiled already: writing values too would be one more copy of all.
    let text = serde_json::to_string(command).unwrap_or_default();
    let Ok(Value::Object(object)) = domain::json::parse(&text) else { return Vec::new() };
    let mut fields = Vec::new();
    for (name, value) in object {
        match value {
            // `{"member": …}` is one field; written by hand for the same reason.
            Value::Object(who) if name == "who" => {
                for (kind, id) in who {
                    if let Value::String(id) = id {
                        fields.push((name.clone(), format!(r#"{{"{kind}":"{id}"}}"#)));
                    }
                }
            }
            // `{"to": "named", "members": […]}` becomes audience=named, members=…
            Value::Object(audience) => {
                for (part, value) in audience {
                    push(&mut fields, if part == "to" { &name } else { &part }, value);
                }
            }
            value => push(&mut fields, &name, value),
        }
    }
    fields
}

fn push(fields: &mut Vec<(String, String)>, name: &str, value: Value) {
    match value {
        Value::String(text) => fields.push((name.to_owned(), text)),
        Value::Array(values) => values.into_iter().for_each(|value| push(fields, name, value)),
        Value::Null | Value::Object(_) => {}
        other => fields.push((name.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{MemberId, OfferId, SeatId, ShiftId};
    use domain::swaps::Audience;
    use uuid::Uuid;

    #[test]
    fn a_command_becomes_the_fields_of_a_form() {
        let id = Uuid::nil();
        let command = Command::GiveSeat {
            offer: OfferId(id),
            seat: SeatId::new(ShiftId(id), 2),
            audience: Audience::Named { members: vec![MemberId(id), MemberId(id)] },
            note: String::new(),
        };
        let names: Vec<(String, String)> = fields(&command);
        let of = |name: &str| names.iter().filter(|(known, _)| known == name).count();
        assert_eq!((of("kind"), of("seat"), of("audience"), of("members")), (1, 1, 1, 2));
        assert!(names.contains(&("seat".into(), format!("{id}~2"))));
        assert!(names.contains(&("audience".into(), "named".into())));
    }
}
