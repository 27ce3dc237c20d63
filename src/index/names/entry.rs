//! What is known of a name.

use crate::article::EntityKind;

use super::id::NameId;

/// What is known of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NameEntry {
    /// What it names.
    pub kind: EntityKind,
    /// Its canonical form: the most frequent one, of equals the longest; one in
    /// capitals only where there is no other.
    pub name: String,
    /// Articles that name it, as counted when they were indexed.
    pub articles: u32,
    /// Times it is mentioned.
    pub mentions: u32,
    /// The sum of the confidence of its mentions.
    pub trust: f32,
    /// How well the gazetteer knows it, 0 to 3.
    pub listed: u8,
    /// Who plays it, where it is a role, with how often articles say so.
    pub players: Vec<(NameId, u32)>,
    /// The forms that linking gave it, with counts.
    pub(super) forms: Vec<(String, u32)>,
}

impl NameEntry {
    /// A name that has not been counted yet.
    pub(super) fn new(kind: EntityKind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            articles: 0,
            mentions: 0,
            trust: 0.0,
            listed: 0,
            players: Vec::new(),
            forms: Vec::new(),
        }
    }

    /// Its forms, the most frequent first.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let mut forms: Vec<&(String, u32)> = self.forms.iter().collect();
        forms.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        forms.into_iter().map(|(form, _)| form.as_str())
    }

    /// Chooses the canonical form.
    pub(super) fn choose_form(&mut self) {
        // Headlines in capitals say nothing of how a name is written.
        let written = |form: &str| !form.contains(' ') || form.chars().any(char::is_lowercase);
        let rank = |form: &(String, u32)| (written(&form.0), form.1, form.0.len());
        let best = self.forms.iter().max_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(&a.0)));
        if let Some((form, _)) = best {
            self.name.clone_from(form);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_form_is_canonical() {
        let check = |forms: &[(&str, u32)], expected: &str| {
            let mut entry = NameEntry::new(EntityKind::Person, "unnamed");
            entry.forms = forms.iter().map(|(form, count)| ((*form).to_owned(), *count)).collect();
            entry.choose_form();
            assert_eq!(entry.name, expected, "{forms:?}");
        };
        check(&[], "unnamed");
        check(&[("Ann Lee", 2), ("Anne Lee", 3)], "Anne Lee");
        check(&[("Ann Lee", 3), ("Anne Lee", 3)], "Anne Lee");
        check(&[("Ann Lea", 3), ("Ann Lee", 3)], "Ann Lea");
        check(&[("ANN LEE", 9), ("Ann Lee", 1)], "Ann Lee");
        check(&[("ANN LEE", 9)], "ANN LEE");
        check(&[("CBS", 9), ("Cbs", 1)], "CBS");
    }

    #[test]
    fn spellings_are_ordered_by_frequency() {
        let mut entry = NameEntry::new(EntityKind::Person, "Ann Lee");
        entry.forms = [("Anne Lee", 1), ("Ann Lee", 3), ("An Lee", 1)].map(|(form, n)| (form.to_owned(), n)).into();
        assert_eq!(entry.spellings().collect::<Vec<_>>(), ["Ann Lee", "An Lee", "Anne Lee"]);
    }
}
