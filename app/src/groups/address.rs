//! Which pages show something of the groups.

/// Where those addresses begin; an event's is one, whose organisers a group is.
const FIRST: [&str; 8] = ["coop", "groupe", "dossier", "comite", "coordination", "decisions", "ag", "sortie"];

/// Whether what stands there is selected from the groups, too.
pub fn shows_groups(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    FIRST.contains(&first) || path.starts_with("/breve/proposer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_whether_its_page_needs_them() {
        for path in [
            "/coop",
            "/groupe/vie-sociale/dossiers",
            "/dossier/6f1c",
            "/decisions",
            "/ag/pouvoir",
            "/sortie/6f1c",
            "/breve/proposer",
        ] {
            assert!(shows_groups(path), "{path}");
        }
        for path in ["/", "/couverture", "/sorties", "/breve", "/breve/2026-11-30", "/moi"] {
            assert!(!shows_groups(path), "{path}");
        }
    }
}
