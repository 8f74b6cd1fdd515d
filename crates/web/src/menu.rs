//! The short menu of each door: where a role works, in the order of a morning. A new page of a door adds its line here.

use motcua_model::actor::Role;
use motcua_words::Words;

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it leads.
    pub path: &'static str,
    /// What is shown.
    pub label: &'static str,
}

/// The menu of a role; empty for citizens and visitors, whose pages lead on by themselves.
pub fn of(role: Role, w: Words) -> Vec<Entry> {
    let entry = |path, label| Entry { path, label };
    let inbox = entry("/ban", w.menu_inbox());
    let register = entry("/ban/so", w.register_menu());
    let board = entry("/bang", w.menu_board());
    let adoption = entry("/bang/truc-tuyen", w.menu_adoption());
    let years = entry("/bang/cac-nam", w.years_title());
    let seals = entry("/quan-tri/niem-phong", w.seal_title());
    let refunds = entry("/ke-toan/hoan-tien", w.menu_refunds());
    let stand_in = entry("/ban/thay-the", w.holding_page());
    match role {
        Role::Receptionist => vec![inbox, entry("/ban/nop-ho", w.menu_counter()), register, stand_in],
        Role::Specialist => vec![inbox, register, stand_in],
        Role::Leader => vec![
            inbox,
            stand_in,
            register,
            entry("/ban/da-yeu-cau", w.register_asking()),
            board,
            adoption,
            years,
            refunds,
        ],
        Role::PostClerk => vec![entry("/buu-dien", w.menu_post())],
        Role::Accountant => vec![
            entry("/ke-toan", w.menu_books()),
            entry("/ke-toan/so", w.menu_movements()),
            refunds,
            entry("/ke-toan/quy", w.menu_till()),
            entry("/ke-toan/doi-soat", w.menu_reconcile()),
            entry("/ke-toan/bao-cao", w.menu_treasury()),
        ],
        Role::Monitor => vec![board, adoption, years, seals],
        Role::Administrator => vec![
            entry("/quan-tri", w.menu_outbox()),
            entry("/quan-tri/danh-muc", w.menu_catalogue()),
            entry("/quan-tri/tim-khong-thay", w.menu_missed()),
            entry("/quan-tri/lich", w.clock_page()),
            seals,
        ],
        Role::Citizen | Role::System => Vec::new(),
    }
}

/// The entry that a page belongs to: the longest path that its address begins with.
pub fn current<'a>(entries: &'a [Entry], path: &str) -> Option<&'a Entry> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let within = |e: &&Entry| {
        path.strip_prefix(e.path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    entries.iter().filter(within).max_by_key(|e| e.path.len())
}

#[cfg(test)]
mod tests {
    use super::{Entry, current};

    #[test]
    fn a_page_belongs_to_the_nearest_entry_above_it() {
        let entries = [
            Entry {
                path: "/ban",
                label: "a",
            },
            Entry {
                path: "/ban/nop-ho",
                label: "b",
            },
        ];
        assert_eq!(current(&entries, "/ban/ho-so/1?x=1").map(|e| e.label), Some("a"));
        assert_eq!(current(&entries, "/ban/nop-ho").map(|e| e.label), Some("b"));
        assert_eq!(current(&entries, "/bang"), None);
    }
}
