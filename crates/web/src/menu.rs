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

/// The menu of a role; empty for citizens and visitors, whose pages lead on by themselves. One line an entry: where it
/// leads, what is shown, and who works there.
pub fn of(role: Role, w: Words) -> Vec<Entry> {
    use Role::{Accountant, Administrator, Leader, Monitor, PostClerk, PostHead, Receptionist, Specialist};
    let entries: &[(&'static str, &'static str, &[Role])] = &[
        ("/ban", w.menu_inbox(), &[Receptionist, Specialist, Leader]),
        ("/ban/nop-ho", w.menu_counter(), &[Receptionist]),
        ("/ban/dong-y", w.assisted_at_desk(), &[Receptionist]),
        ("/ban/thay-the", w.holding_page(), &[Receptionist, Specialist, Leader]),
        ("/ban/so", w.register_menu(), &[Receptionist, Specialist, Leader]),
        ("/ban/da-yeu-cau", w.register_asking(), &[Leader]),
        ("/ban/phan-anh", w.feedback_menu(), &[Leader]),
        ("/ban/buu-gui", w.parcel_list_title(), &[Receptionist]),
        ("/tui-thu", w.custody_title(), &[Receptionist, Specialist, Leader, PostClerk]),
        ("/ban/so-sach", w.books_title(), &[Receptionist, Specialist, Leader]),
        ("/buu-dien", w.menu_post(), &[PostClerk]),
        ("/buu-dien/nop-ho", w.assisted_menu(), &[PostClerk]),
        ("/buu-dien/quy", w.till_menu(), &[PostClerk]),
        ("/chuyen-phat", w.round_title(), &[PostClerk]),
        ("/tong-dai", w.phone_menu(), &[Receptionist, PostClerk]),
        ("/buu-dien/quan-ly", w.till_menu_head(), &[PostHead]),
        ("/ke-toan", w.menu_books(), &[Accountant]),
        ("/ke-toan/so", w.menu_movements(), &[Accountant]),
        ("/ke-toan/hoan-tien", w.menu_refunds(), &[Accountant]),
        ("/ke-toan/quy", w.menu_till(), &[Accountant]),
        ("/ke-toan/doi-soat", w.menu_reconcile(), &[Accountant]),
        ("/ke-toan/buu-dien", w.settle_title(), &[Accountant]),
        ("/ke-toan/bao-cao", w.menu_treasury(), &[Accountant]),
        ("/bang/hom-nay", w.today_menu(), &[Leader, Monitor]),
        ("/bang", w.menu_board(), &[Leader, Monitor]),
        ("/bang/chi-dao", w.directive_menu(), &[Leader, Monitor]),
        ("/bang/truc-tuyen", w.menu_adoption(), &[Leader, Monitor]),
        ("/bang/pheu", w.funnel_menu(), &[Leader, Monitor]),
        ("/bang/chi-so", w.index_menu(), &[Leader, Monitor]),
        ("/bang/hai-long", w.rating_menu(), &[Leader, Monitor]),
        ("/bang/chien-dich", w.campaign_menu(), &[Leader, Monitor]),
        ("/bang/bao-cao", w.report_menu(), &[Leader, Monitor]),
        ("/bang/buu-dien", w.till_board(), &[Monitor]),
        ("/bang/cac-nam", w.years_title(), &[Leader, Monitor]),
        ("/ke-toan/hoan-tien", w.menu_refunds(), &[Leader]),
        ("/quan-tri", w.menu_outbox(), &[Administrator]),
        ("/quan-tri/danh-muc", w.menu_catalogue(), &[Administrator]),
        ("/quan-tri/tim-khong-thay", w.menu_missed(), &[Administrator]),
        ("/quan-tri/can-bo", w.stranded_title(), &[Administrator]),
        ("/quan-tri/lich", w.clock_page(), &[Administrator]),
        ("/quan-tri/niem-phong", w.seal_title(), &[Administrator, Monitor]),
    ];
    entries
        .iter()
        .filter(|(.., roles)| roles.contains(&role))
        .map(|(path, label, _)| Entry { path, label })
        .collect()
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
