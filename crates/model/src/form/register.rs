//! The lists that forms choose from: districts, communes, and whatever a form names. Each entry has its days.

use crate::procedure::Text;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One entry of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Code of what it belongs to: a commune's district.
    pub parent: Option<String>,
    /// First day; none when it was there before anybody counted.
    pub from: Option<Date>,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Codes of what took its place; of a commune that was divided, its main part comes first.
    pub successors: Vec<String>,
}

impl Register {
    /// An entry that was always there and lasts.
    #[must_use]
    pub fn lasting(code: &str, name: Text, parent: Option<&str>) -> Self {
        Self {
            code: code.to_owned(),
            name,
            parent: parent.map(str::to_owned),
            from: None,
            until: None,
            successors: Vec::new(),
        }
    }

    /// Whether it can be chosen on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The lists as they are on the days of one organisation, by name; `districts` and `communes` make addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// What can be chosen.
    pub lists: BTreeMap<String, Vec<Register>>,
    /// What was chosen before, or will be: for reading what was written on another day.
    pub others: BTreeMap<String, Vec<Register>>,
}

impl Registers {
    /// The entries of a list that can be chosen; none for an unknown list.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Register] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// An entry that can be chosen, by its code.
    #[must_use]
    pub fn entry(&self, name: &str, code: &str) -> Option<&Register> {
        self.list(name).iter().find(|e| e.code == code)
    }

    /// An entry of any day, by its code.
    #[must_use]
    pub fn known(&self, name: &str, code: &str) -> Option<&Register> {
        let others = self.others.get(name).map_or(&[][..], Vec::as_slice);
        self.entry(name, code).or_else(|| others.iter().find(|e| e.code == code))
    }

    /// The entries that can be chosen and took the place of `code`, itself while it lasts; its main part first.
    #[must_use]
    pub fn now(&self, name: &str, code: &str) -> Vec<&Register> {
        let (mut found, mut open) = (Vec::<&Register>::new(), vec![code]);
        // Each round replaces codes by their successors; a circle in the data ends with the rounds.
        for _ in 0..8 {
            let mut next = Vec::new();
            for code in open {
                match (self.entry(name, code), self.known(name, code)) {
                    (Some(entry), _) if !found.contains(&entry) => found.push(entry),
                    (None, Some(past)) => next.extend(past.successors.iter().map(String::as_str)),
                    _ => {}
                }
            }
            open = next;
        }
        found
    }

    /// The same lists as they are on `day`.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        let mut on = Self::default();
        for (name, entry) in self
            .lists
            .iter()
            .chain(&self.others)
            .flat_map(|(name, list)| list.iter().map(move |e| (name, e)))
        {
            let side = if entry.holds_on(day) { &mut on.lists } else { &mut on.others };
            side.entry(name.clone()).or_default().push(entry.clone());
        }
        on
    }
}
