//! The daily seal.

use jiff::Timestamp;
use jiff::civil::date;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Event, Recorded};
use motcua_model::id::DossierId;
use motcua_model::journal::{Line, START as FIRST};
use motcua_model::seal::{START, Tip, day_of, end_of, hour_of, seal};

fn tip(n: u64, version: u64) -> Tip {
    Tip {
        dossier: DossierId::new(n, [7; 10]),
        version,
        hash: [u8::try_from(n).unwrap(); 32],
    }
}

#[test]
fn a_seal_changes_with_every_part_of_it() {
    let day = date(2020, 3, 30);
    let tips = [tip(1, 1), tip(2, 3)];
    let sealed = seal(&START, 1, day, &tips);
    assert_eq!(sealed, seal(&START, 1, day, &tips));
    let mut changed = tips;
    changed[1].hash[31] ^= 1;
    for other in [
        seal(&[1; 32], 1, day, &tips),
        seal(&START, 2, day, &tips),
        seal(&START, 1, date(2020, 3, 31), &tips),
        seal(&START, 1, day, &tips[..1]),
        seal(&START, 1, day, &[tip(1, 1), tip(2, 4)]),
        seal(&START, 1, day, &changed),
    ] {
        assert_ne!(sealed, other);
    }
}

#[test]
fn a_day_of_the_province_ends_at_17_hours_universal_time() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(day_of(at("2020-03-30T16:59:59.999999Z")), date(2020, 3, 30));
    assert_eq!(day_of(at("2020-03-30T17:00:00Z")), date(2020, 3, 31));
    assert_eq!(end_of(date(2020, 3, 30)), at("2020-03-30T17:00:00Z"));
    assert_eq!(hour_of(end_of(date(2020, 3, 30))), "2020-03-30T17");
}

/// The index over the journal by hour reads these characters.
#[test]
fn the_body_of_a_line_begins_with_the_hour_of_its_event() {
    for at in ["2020-03-30T02:00:00Z", "2020-03-30T02:59:59.123456Z"] {
        let recorded = Recorded {
            at: at.parse().unwrap(),
            actor: Actor::system(),
            event: Event::Withdrawn { reason: String::new() },
        };
        let line = Line::next(&FIRST, DossierId::new(1, [7; 10]), 1, &recorded).unwrap();
        let hour: String = line.body.chars().skip(7).take(13).collect();
        assert_eq!(
            (hour.as_str(), hour_of(recorded.at)),
            ("2020-03-30T02", "2020-03-30T02".to_owned())
        );
    }
}
