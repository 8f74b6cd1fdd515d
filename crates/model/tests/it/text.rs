//! Names and free text as they come from all kinds of keyboards.

use motcua_model::text::{NameError, TextError, clean_name, clean_text, fold};
use proptest::prelude::*;

#[test]
fn folding_forgets_tone_marks_case_and_spacing() {
    for (text, folded) in [
        ("Nguyễn Thị Hoà", "nguyen thi hoa"),
        ("ĐẶNG  Đình\tĐức ", "dang dinh duc"),
        ("Nguye\u{302}\u{303}n", "nguyen"),
        ("Thái Nguyên\u{a0}— Sông Công", "thai nguyen — song cong"),
        ("ƠƯơưĂăÂâÊêÔô", "ououaaaaeeoo"),
        ("", ""),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn a_name_from_a_mac_is_the_same_name() {
    assert_eq!(
        clean_name("Nguye\u{302}\u{303}n Thi\u{323} Hoa\u{300} U\u{31b}\u{301}c").unwrap(),
        "Nguyễn Thị Hoà Ức"
    );
    assert_eq!(clean_name("Nguyễn Thị Hoà Ức").unwrap(), "Nguyễn Thị Hoà Ức");
    // The tone typed before the hat.
    assert_eq!(clean_name("Nguye\u{303}\u{302}n").unwrap(), "Nguyễn");
    assert_eq!(clean_name("Hie\u{323}\u{302}p").unwrap(), "Hiệp");
    assert_eq!(clean_name("  Trần \t Văn\u{a0} An ").unwrap(), "Trần Văn An");
    assert_eq!(clean_name("H'Hen Niê").unwrap(), "H'Hen Niê");
    assert_eq!(clean_name("Jean-Luc D. O’Neil").unwrap(), "Jean-Luc D. O’Neil");
}

#[test]
fn pictures_digits_and_hidden_marks_are_in_no_name() {
    for bad in [
        '😀', '7', '\u{202e}', '\u{200f}', '\u{200b}', '\u{0}', '\u{7}', '<', '🄰', 'Ⓐ', '\u{fe0f}', '@', '\u{feff}',
    ] {
        assert_eq!(
            clean_name(&format!("Trần {bad}An")),
            Err(NameError::BadCharacter(bad)),
            "{bad:?}"
        );
    }
    assert_eq!(clean_name(" \t "), Err(NameError::Empty));
    assert_eq!(clean_name("..."), Err(NameError::Empty));
    assert_eq!(clean_name(&"An ".repeat(25)).map(|n| n.len()), Ok(74));
    assert_eq!(clean_name(&"An ".repeat(26)), Err(NameError::TooLong));
    assert_eq!(clean_name(&"a".repeat(200)).map(|n| n.len()), Ok(200));
    assert_eq!(clean_name(&"a".repeat(201)), Err(NameError::TooLong));
    // Nothing behind a long gap is cut off.
    assert_eq!(clean_name(&format!("Trần{}An", " ".repeat(2000))).as_deref(), Ok("Trần An"));
}

#[test]
fn free_text_keeps_its_lines_and_loses_what_nobody_sees() {
    assert_eq!(
        clean_text("một\r\nhai\u{0}\u{202e} ba\u{7f}", 100).as_deref(),
        Ok("một\nhai ba")
    );
    assert_eq!(clean_text("Ho\u{300}a 😀", 100).as_deref(), Ok("Hòa 😀"));
    assert_eq!(clean_text("ế", 1).as_deref(), Ok("ế"));
    assert_eq!(clean_text("e\u{302}\u{301}", 1).as_deref(), Ok("ế"));
    assert_eq!(clean_text("abcd", 3), Err(TextError { max: 3 }));
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in "\\PC{0,40}") {
        let once = clean_text(&text, 1000).unwrap();
        prop_assert_eq!(clean_text(&once, 1000).unwrap(), once);
        if let Ok(name) = clean_name(&text) {
            prop_assert_eq!(clean_name(&name), Ok(name.clone()));
        }
    }

    #[test]
    fn a_cleaned_name_folds_as_it_was_typed(text in "[A-Za-zĐđÀ-ỹ ]{1,40}") {
        if let Ok(name) = clean_name(&text) {
            prop_assert_eq!(fold(&name), fold(&text));
        }
    }
}
