//! « Mes données » as a page of its own: read in any browser, years later, without us.

use domain::register::{OwnData, Row, Section};

use crate::french::clock::hour;
use crate::french::dates::date_with_year;
use crate::french::nb;
use crate::french::own_data::{line, section as called};

/// What a text is in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A whole document, with nothing to load. `notice`: what is said at its top, where it is shown for some time only; `json`: where
/// the same is for programs.
pub fn own_data_document(data: &OwnData, json: Option<&str>) -> String {
    let when = format!("{}, {}", date_with_year(domain::time::paris_day(data.at)), hour(data.at));
    let until = data.until.map(|until| {
        let said =
            nb(&format!("Tu n’es plus membre. Cette page se lit jusqu’au {} : garde-la si tu veux.", date_with_year(until)));
        format!("<p>{}</p>", escaped(&said))
    });
    let link = json.map(|href| {
        format!(
            "<p><a href=\"{}\" download>{}</a></p>",
            escaped(href),
            escaped(&nb("Les mêmes données pour un programme (JSON)"))
        )
    });
    let sections: String = data.sections.iter().map(|(section, rows)| shown(*section, rows)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{told}</p>\n{until}{link}{sections}</main>\n</body>\n</html>\n",
        title = escaped(&nb(&format!("Les données de {}", data.name))),
        told = escaped(&nb(&format!("Tout ce que l’application Alpar garde de cette personne, {when}."))),
        until = until.unwrap_or_default(),
        link = link.unwrap_or_default(),
    )
}

fn shown(section: Section, rows: &[Row]) -> String {
    let title = escaped(&nb(called(section)));
    if rows.is_empty() {
        return format!("<section>\n<h2>{title}</h2>\n<p>{}</p>\n</section>\n", escaped(&nb("Rien.")));
    }
    let rows: String = rows.iter().map(row).collect();
    format!("<section>\n<h2>{title}</h2>\n<ul>\n{rows}</ul>\n</section>\n")
}

fn row(row: &Row) -> String {
    let lines: Vec<String> = row
        .iter()
        .filter_map(|(name, value)| line(name, value))
        .map(|(name, said)| escaped(&nb(&format!("{name} : {said}"))))
        .collect();
    format!("<li>{}</li>\n", lines.join("<br>"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_somebody_wrote_is_text_and_every_section_is_there() {
        let rows = |value: serde_json::Value| vec![value.as_object().unwrap().clone()];
        let data = OwnData {
            at: "2026-12-01T08:00:00Z".parse().unwrap(),
            name: "Jeanne <Coop>".into(),
            until: None,
            sections: Section::ALL
                .into_iter()
                .map(|section| {
                    (
                        section,
                        if section == Section::Card { rows(json!({ "address": "<script>1</script>" })) } else { Vec::new() },
                    )
                })
                .collect(),
        };
        let page = own_data_document(&data, None);
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
        assert_eq!(page.matches("<h2>").count(), Section::ALL.len());
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("lang=\"fr\""));
    }
}
