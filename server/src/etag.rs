//! What whoever asks has already.

use axum::http::{HeaderMap, header};

/// Whether a request names the version that a tag, with its quotation marks, is of.
pub fn knows(asked: &HeaderMap, etag: &str) -> bool {
    asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|tags| is_among(tags, etag))
}

/// Whether a list of tags names ours. A proxy may have weakened it.
fn is_among(tags: &str, etag: &str) -> bool {
    tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_its_list() {
        let asked = |tags: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, tags.parse().unwrap())]);
        assert!(knows(&asked("\"a\", W/\"b\""), "\"b\"") && knows(&asked("*"), "\"b\""));
        assert!(!knows(&asked("\"ab\""), "\"b\"") && !knows(&HeaderMap::new(), "\"b\""));
    }
}
