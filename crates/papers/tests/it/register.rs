use crate::sample::{register_head, register_row};
use crate::text::{dense, text};
use motcua_papers::Papers;

#[test]
fn a_register_made_in_parts_is_one_paper_with_every_row_once_in_order() {
    let mut register = Papers::new().register(register_head(), Vec::new()).unwrap();
    for i in 1..=340 {
        register.push(register_row(i)).unwrap();
    }
    let (pdf, pages) = register.finish().unwrap();
    let said = dense(&pdf);
    let mut at = 0;
    for i in 1..=340 {
        let code = format!("000.24.12.H55-200330-{i:04}");
        assert_eq!(said.matches(&code).count(), 1, "{code}");
        let found = said.find(&code).unwrap();
        assert!(found > at, "{code} stands before the one before it");
        at = found;
    }
    assert!(said.contains("Sổcó340hồsơ."), "no closing line");
    assert_eq!(text(&pdf).matches("SỔ THEO DÕI HỒ SƠ").count(), 1, "the head stands once");
    let counted = String::from_utf8_lossy(&pdf).matches("/Type/Page/").count();
    assert_eq!(counted, pages);
}

#[test]
fn an_empty_register_is_a_paper_too() {
    let register = Papers::new().register(register_head(), Vec::new()).unwrap();
    let (pdf, pages) = register.finish().unwrap();
    assert_eq!(pages, 1);
    assert!(text(&pdf).contains("Sổ có 0 hồ sơ."));
}
