//! The periodic report: its periods, and how its columns follow from the figures.

use jiff::civil::date;
use motcua_model::figure::{Counts, Measure};
use motcua_model::report::{Line, Numbers, Period, Report};

#[test]
fn a_period_closes_on_the_fourteenth() {
    let quarter = |year, quarter| Period::Quarter { year, quarter }.days();
    assert_eq!(quarter(2020, 1), (date(2019, 12, 15), date(2020, 3, 14)));
    assert_eq!(quarter(2020, 2), (date(2020, 3, 15), date(2020, 6, 14)));
    assert_eq!(quarter(2020, 4), (date(2020, 9, 15), date(2020, 12, 14)));
    assert_eq!(
        Period::HalfYear { year: 2020 }.days(),
        (date(2019, 12, 15), date(2020, 6, 14))
    );
    assert_eq!(Period::Year { year: 2020 }.days(), (date(2019, 12, 15), date(2020, 12, 14)));
    assert_eq!(Period::Quarter { year: 2020, quarter: 1 }.halves(), (2019122, 2020031));
}

#[test]
fn a_period_is_named_in_addresses_and_read_back() {
    for key in ["2020-q1", "2020-6", "2020"] {
        assert_eq!(Period::parse(key).unwrap().key(), key);
    }
    assert_eq!(["2020-q5", "2020-7", "1800", "", "q1-2020"].map(Period::parse), [None; 5]);
    assert_eq!(Period::last_quarter(date(2020, 3, 30)).key(), "2020-q1");
    assert_eq!(Period::last_quarter(date(2020, 3, 14)).key(), "2019-q4");
    assert_eq!(Period::last_quarter(date(2019, 12, 31)).key(), "2019-q4");
}

fn counts(list: &[(Measure, i64)]) -> Counts {
    let mut counts = Counts::default();
    for (measure, n) in list {
        counts.add(*measure, *n);
    }
    counts
}

#[test]
fn received_is_settled_and_running_and_what_was_taken_back() {
    use Measure as M;
    let before = counts(&[(M::TakenOnline, 5), (M::TakenOther, 15), (M::Early, 12), (M::Late, 1)]);
    let within = counts(&[
        (M::TakenOnline, 3),
        (M::TakenOther, 7),
        (M::Early, 4),
        (M::OnTime, 2),
        (M::Late, 1),
        (M::Left, 1),
    ]);
    let numbers = Numbers::of(&before, &within, 3);
    assert_eq!(numbers.0, [17, 3, 7, 7, 7, 4, 2, 1, 9, 6, 3]);
    let [received, .., settled, _, _, _, running, _, _] = numbers.0;
    assert_eq!(received, settled + running + within.get(M::Left));
    // More late ones than run cannot be: what was settled since is not late at the end of the period.
    assert_eq!(Numbers::of(&before, &within, 99).0[8..], [9, 0, 9]);
}

#[test]
fn a_correction_names_field_column_and_both_numbers() {
    let report = |field: &str, settled| Report {
        agency: "24.12".into(),
        period: Period::Year { year: 2020 },
        lines: vec![Line {
            field: field.into(),
            numbers: Numbers([settled, 0, 0, 0, settled, 0, settled, 0, 0, 0, 0]),
        }],
    };
    let sent = report("Hộ tịch", 5);
    assert_eq!(sent.corrected_by(&sent), []);
    let found = sent.corrected_by(&report("Hộ tịch", 6));
    assert_eq!(
        found.iter().map(|(_, i, a, b)| (*i, *a, *b)).collect::<Vec<_>>(),
        [(0, 5, 6), (4, 5, 6), (6, 5, 6)]
    );
    assert_eq!(sent.corrected_by(&report("Đất đai", 1)).len(), 6);
}
