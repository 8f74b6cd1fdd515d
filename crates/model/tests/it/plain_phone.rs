//! Asking by SMS.

use crate::dossier::Desk;
use motcua_model::dossier::{Channel, Level};
use motcua_model::identifier::Phone;
use motcua_model::plain_phone::{may_hear, read_sms};

#[test]
fn a_question_is_read_as_people_type_it_on_small_keys() {
    for text in [
        "HS 000.24.12.H55-200330-0001 123456",
        "hs 24.12.h55-200330-0001 123456",
        "  Hs  000.24.12.H55-200330-0001   123456 ",
        "HS 000.24.12.H55 - 200330 - 0001 123456",
    ] {
        let asked = read_sms(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (asked.code.as_str(), asked.pin.as_str()),
            ("000.24.12.H55-200330-0001", "123456"),
            "{text}"
        );
    }
}

#[test]
fn anything_else_is_no_question() {
    for text in [
        "",
        "HS",
        "HS 123456",
        "HS 000.24.12.H55-200330-0001",
        "HS 000.24.12.H55-200330-0001 12345",
        "HS 000.24.12.H55-200330-0001 12345a",
        "HS 000.24.12.H55-200330-0001123456",
        "Con oi me day",
        "000.24.12.H55-200330-0001 123456",
        "hs \u{0} ' or 1=1 -- 123456",
    ] {
        assert_eq!(read_sms(text), None, "{text}");
    }
}

#[test]
fn the_state_is_told_to_the_phone_in_the_form_only() {
    let mut d = Desk::new(Level::Four).file(Channel::Online, 0);
    let (own, other) = (Phone::parse("0912345678").unwrap(), Phone::parse("0987654321").unwrap());
    assert!(may_hear(&d, &own) && !may_hear(&d, &other));
    d.applicant.phone.clear();
    assert!(may_hear(&d, &other), "who has no phone asks from any, with the PIN");
}
