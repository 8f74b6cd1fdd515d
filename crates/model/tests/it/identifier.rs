//! Numbers and dates as people type them.

use motcua_model::identifier::{
    BirthDate, DateError, PersonId, PersonIdError, Phone, PhoneError, Sex, TaxCode, TaxCodeError, parse_card_qr, parse_date,
};

#[test]
fn a_cccd_says_century_sex_and_year_of_birth() {
    for (number, year, sex) in [
        ("019090001234", 1990, Sex::Male),
        ("019190001234", 1990, Sex::Female),
        ("019205001234", 2005, Sex::Male),
        ("019310001234", 2010, Sex::Female),
        ("019400001234", 2100, Sex::Male),
    ] {
        let id = PersonId::parse(number).unwrap();
        assert_eq!((id.birth_year(), id.sex()), (Some(year), Some(sex)), "{number}");
        assert_eq!(id.agrees_with(Some(year), Some(sex)), Ok(()));
        assert_eq!(id.agrees_with(Some(year + 1), None), Err(PersonIdError::BirthYear(year)));
    }
    let man = PersonId::parse("019 090.001-234").unwrap();
    assert_eq!(man.as_str(), "019090001234");
    assert_eq!(man.masked(), "••••••••1234");
    assert_eq!(man.agrees_with(None, Some(Sex::Female)), Err(PersonIdError::Sex));
    // A nine-digit CMND says nothing.
    let old = PersonId::parse("090123456").unwrap();
    assert_eq!((old.birth_year(), old.sex()), (None, None));
    assert_eq!(old.agrees_with(Some(1990), Some(Sex::Male)), Ok(()));
}

#[test]
fn what_is_no_identity_number_says_why() {
    for (typed, error) in [
        ("", PersonIdError::Length(0)),
        ("12345678", PersonIdError::Length(8)),
        ("0190900012345", PersonIdError::Length(13)),
        ("01909000123a", PersonIdError::NotDigits),
        ("٠١٩٠٩٠٠٠١٢٣٤", PersonIdError::NotDigits),
        ("000090001234", PersonIdError::Place),
        ("098090001234", PersonIdError::Place),
    ] {
        assert_eq!(PersonId::parse(typed), Err(error), "{typed}");
    }
    // Nothing behind a long gap is overlooked.
    assert_eq!(
        PersonId::parse(&format!("019090001234{}x", " ".repeat(60))),
        Err(PersonIdError::NotDigits)
    );
}

#[test]
fn a_tax_code_has_a_check_digit() {
    for (typed, kept) in [
        ("0300588569", "0300588569"),
        (" 0300 588 569 ", "0300588569"),
        ("0300588569-001", "0300588569-001"),
        ("0300588569001", "0300588569-001"),
        ("019090001234", "019090001234"),
    ] {
        assert_eq!(TaxCode::parse(typed).unwrap().as_str(), kept);
    }
    for (typed, error) in [
        ("0300588568", TaxCodeError::CheckDigit),
        ("0300588596", TaxCodeError::CheckDigit),
        ("0300588568-001", TaxCodeError::CheckDigit),
        ("0000000000", TaxCodeError::CheckDigit),
        ("030058856", TaxCodeError::Length(9)),
        ("03005885699", TaxCodeError::Length(11)),
        ("030058856O", TaxCodeError::NotDigits),
    ] {
        assert_eq!(TaxCode::parse(typed), Err(error), "{typed}");
    }
}

#[test]
fn one_wrong_digit_of_a_tax_code_never_passes() {
    let right = "0300588569";
    for place in 0..10 {
        for digit in b'0'..=b'9' {
            let mut typed = right.as_bytes().to_vec();
            typed[place] = digit;
            let typed = String::from_utf8(typed).unwrap();
            assert_eq!(TaxCode::parse(&typed).is_ok(), typed == right, "{typed}");
        }
    }
}

#[test]
fn a_phone_number_is_kept_as_e164_however_it_is_typed() {
    for typed in [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84912345678",
        "84912345678",
        "+84 0912345678",
        "(+84) 912345678",
        "0084912345678",
    ] {
        let typed = typed.replace("(+84)", "+84");
        assert_eq!(Phone::parse(&typed).unwrap().e164(), "+84912345678", "{typed}");
    }
    let office = Phone::parse("(0208) 3855 688").unwrap();
    assert_eq!(
        (office.e164(), office.national().as_str(), office.last4()),
        ("+842083855688", "02083855688", "5688")
    );
    // 0845… is a mobile prefix, not the country's number.
    assert_eq!(Phone::parse("0845123456").unwrap().e164(), "+84845123456");
    for (typed, error) in [
        ("091234567", PhoneError::Length),
        ("09123456789", PhoneError::Length),
        ("01234567890", PhoneError::Prefix),
        ("0412345678", PhoneError::Prefix),
        ("912345678", PhoneError::Prefix),
        ("+33612345678", PhoneError::Prefix),
        ("0912 345 67x", PhoneError::NotDigits),
    ] {
        assert_eq!(Phone::parse(typed), Err(error), "{typed}");
    }
}

#[test]
fn dates_are_typed_in_many_ways_and_checked_to_be_real() {
    for (typed, shown) in [
        ("30/3/2020", "30/03/2020"),
        ("30-03-2020", "30/03/2020"),
        ("30.3.2020", "30/03/2020"),
        ("2020-03-30", "30/03/2020"),
        (" 29/02/2020 ", "29/02/2020"),
        ("3/1975", "03/1975"),
        ("1975", "1975"),
    ] {
        assert_eq!(typed.parse::<BirthDate>().unwrap().to_string(), shown, "{typed}");
    }
    for (typed, error) in [
        ("31/02/2020", DateError::NoSuchDay),
        ("29/02/2019", DateError::NoSuchDay),
        ("31/4/2020", DateError::NoSuchDay),
        ("0/4/2020", DateError::NoSuchDay),
        ("3/30/2020", DateError::NoSuchDay),
        ("13/1975", DateError::NoSuchDay),
        ("30/3/20", DateError::Format),
        ("30/3", DateError::Format),
        ("hôm nay", DateError::Format),
        ("", DateError::Format),
        ("1/1/20200", DateError::Format),
        ("+1/1/2020", DateError::Format),
    ] {
        assert_eq!(typed.parse::<BirthDate>(), Err(error), "{typed}");
    }
    assert_eq!(parse_date("1975"), Err(DateError::Format));
}

#[test]
fn the_qr_of_the_card_fills_the_form() {
    let card =
        parse_card_qr("019190001234|090123456|Nguyễn Thị Hoà|05071990|Nữ|Tổ 5, Quang Trung, Thái Nguyên|10052021\r\n").unwrap();
    assert_eq!(card.person_id.as_str(), "019190001234");
    assert_eq!(card.old_id, "090123456");
    assert_eq!(card.name, "Nguyễn Thị Hoà");
    assert_eq!(card.birth_date.to_string(), "05/07/1990");
    assert_eq!(card.sex, Some(Sex::Female));
    assert_eq!(card.address, "Tổ 5, Quang Trung, Thái Nguyên");
    assert_eq!(card.issued.map(|d| d.to_string()), Some("10/05/2021".to_owned()));
}

#[test]
fn a_scanner_that_breaks_tone_marks_leaves_gaps_rather_than_wrong_words() {
    let card = parse_card_qr("019190001234||Nguy?n Th? Hoà|05071990|N?|T? 5, Thái Nguyên|").unwrap();
    assert_eq!(
        (card.name.as_str(), card.address.as_str(), card.old_id.as_str()),
        ("", "", "")
    );
    assert_eq!(card.sex, Some(Sex::Female));
    assert_eq!(card.issued, None);
    for other in [
        "",
        "https://example.vn",
        "019190001234",
        "a|b|c|d|e|f|g",
        "019190001234||A|31021990|Nam|x|",
    ] {
        assert_eq!(parse_card_qr(other), None, "{other}");
    }
}
