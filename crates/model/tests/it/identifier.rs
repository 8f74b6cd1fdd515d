use motcua_model::identifier::{
    BirthDate, DateError, PersonId, PersonIdError, Phone, PhoneError, Sex, TaxCode, TaxCodeError, parse_card_qr,
};
use motcua_model::text::{NameError, clean_name, clean_text, fold};

#[test]
fn an_identity_number_says_year_and_sex() {
    let id = PersonId::parse("019 185 001 234").unwrap();
    assert_eq!((id.birth_year(), id.sex()), (Some(1985), Some(Sex::Female)));
    assert_eq!(PersonId::parse("019204001234").unwrap().birth_year(), Some(2004));
    assert_eq!(id.agrees_with(Some(1986), None), Err(PersonIdError::BirthYear(1985)));
    assert_eq!(PersonId::parse("12345"), Err(PersonIdError::Length(5)));
    assert_eq!(PersonId::parse("01918500123a"), Err(PersonIdError::NotDigits));
    assert_eq!(PersonId::parse("000185001234"), Err(PersonIdError::Place));
    assert!(matches!(PersonId::parse("091234567"), Ok(PersonId::Cmnd(_))));
}

#[test]
fn a_tax_code_has_a_check_digit() {
    for right in ["0100109106", "0100109106-001", "019185001234"] {
        assert!(TaxCode::parse(right).is_ok(), "{right}");
    }
    assert_eq!(TaxCode::parse("0100109107"), Err(TaxCodeError::CheckDigit));
    assert_eq!(TaxCode::parse("01001091"), Err(TaxCodeError::Length(8)));
}

#[test]
fn phones_are_kept_in_e164() {
    for typed in [
        "0912 345 678",
        "+84912345678",
        "84912345678",
        "0912.345.678",
        "+84 0912345678",
    ] {
        assert_eq!(Phone::parse(typed).unwrap().e164(), "+84912345678", "{typed}");
    }
    assert_eq!(Phone::parse("02083851234").unwrap().e164(), "+842083851234");
    assert_eq!(Phone::parse("0112345678"), Err(PhoneError::Prefix));
    assert_eq!(Phone::parse("091234567"), Err(PhoneError::Length));
}

#[test]
fn dates_are_real_days_and_births_may_lack_some() {
    assert_eq!("31/02/1985".parse::<BirthDate>(), Err(DateError::NoSuchDay));
    assert_eq!("29/2/2020".parse::<BirthDate>().unwrap().to_string(), "29/02/2020");
    assert_eq!("3/1950".parse::<BirthDate>().unwrap().to_string(), "03/1950");
    assert_eq!("1950".parse::<BirthDate>(), Ok(BirthDate::Year(1950)));
    assert_eq!("hôm qua".parse::<BirthDate>(), Err(DateError::Format));
}

#[test]
fn the_scanner_reads_seven_fields_and_nothing_else() {
    let card = parse_card_qr("019185001234|091234567|Nông Thị Hoa|30031985|Nữ|Xóm 5, Sảng Mộc, Võ Nhai|01012021\r\n").unwrap();
    assert_eq!(
        (card.name.as_str(), card.birth_date.to_string().as_str(), card.sex),
        ("Nông Thị Hoa", "30/03/1985", Some(Sex::Female))
    );
    assert_eq!(parse_card_qr("https://example.vn/|||||"), None);
    assert_eq!(parse_card_qr(""), None);
}

#[test]
fn names_are_composed_and_hold_letters_only() {
    assert_eq!(clean_name("Nguye\u{302}\u{303}n  Thi\u{323} Hoa ").unwrap(), "Nguyễn Thị Hoa");
    assert_eq!(clean_name("Hoa 😀"), Err(NameError::BadCharacter('😀')));
    assert_eq!(clean_name("Hoa\u{202e}aoH"), Err(NameError::BadCharacter('\u{202e}')));
    assert_eq!(clean_name(&"A ".repeat(26)), Err(NameError::TooLong));
    assert_eq!(clean_name(" - "), Err(NameError::Empty));
    assert_eq!(fold("Đặng  Thị ÁNH"), "dang thi anh");
    assert_eq!(clean_text("a\u{0}b\u{202e}c\r\nd", 10).unwrap(), "abc\nd");
    assert!(clean_text("abcdef", 5).is_err());
}
