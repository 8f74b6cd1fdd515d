//! Search as people type.

use crate::content::catalogue;
use motcua_model::id::ProcedureCode;
use motcua_model::text::fold;
use std::collections::HashSet;

fn first_three(typed: &str) -> Vec<String> {
    catalogue().search(typed).into_iter().take(3).map(|hit| hit.name).collect()
}

#[test]
fn a_service_is_found_without_tone_marks_by_abbreviation_and_with_a_slip_of_the_finger() {
    for (typed, name) in [
        ("xac nhan doc than", "Cấp Giấy xác nhận tình trạng hôn nhân"),
        ("đổi gplx", "Đổi giấy phép lái xe"),
        ("llptp", "Phiếu lý lịch tư pháp"),
        ("mo tiem tap hoa", "Đăng ký thành lập hộ kinh doanh"),
        ("ho kimh doanh", "hộ kinh doanh"),
        ("police check", "Phiếu lý lịch tư pháp"),
        ("mất giấy khai sinh", "trích lục hộ tịch"),
    ] {
        let found = first_three(typed);
        assert!(found.iter().any(|n| n.contains(name)), "{typed}: {found:?}");
    }
}

#[test]
fn decomposed_letters_find_the_same_as_composed_ones() {
    assert_eq!(first_three("ho\u{323}\u{302} kinh doanh"), first_three("hộ kinh doanh"));
}

/// Of questions with their right services: how many there are, percent that find one first, percent among three.
fn score<'a>(questions: impl Iterator<Item = &'a str>) -> (usize, usize, usize) {
    let catalogue = catalogue();
    let (mut all, mut first, mut three) = (0, 0, 0);
    for line in questions {
        let (query, codes) = line.split_once('\t').unwrap();
        let found: Vec<String> = catalogue.search(query).into_iter().take(3).map(|h| h.code.0).collect();
        let right = |code: &String| codes.split(',').any(|c| c == code);
        assert!(
            codes
                .split(',')
                .all(|c| catalogue.service(&ProcedureCode(c.to_owned())).is_some()),
            "{line}"
        );
        all += 1;
        first += usize::from(found.first().is_some_and(right));
        three += usize::from(found.iter().any(right));
        if !found.iter().any(right) {
            println!("not among three: {query} ({codes}): {found:?}");
        }
    }
    (all, first * 100 / all, three * 100 / all)
}

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.starts_with('#')).skip(1)
}

/// The questions of `people.tsv` of one use, without that column.
fn people(of: &str) -> impl Iterator<Item = &'static str> {
    rows(include_str!("people.tsv")).filter_map(move |line| {
        let (question, used) = line.rsplit_once('\t')?;
        (used == of).then_some(question)
    })
}

/// The score of search, printed and kept: a change that finds fewer fails here. The questions held out were never looked at
/// when the engine and its words were made; of those 85 % shall be first and 97 % among three. So shall the blind ones,
/// written by who knew the services' names only.
#[test]
fn questions_find_their_service() {
    let tuned = score(people("tuned"));
    let held_out = score(people("held"));
    let older = score(rows(include_str!("queries.tsv")));
    let blind = score(rows(include_str!("blind.tsv")));
    println!("questions, % first, % among three: tuned on {tuned:?}, held out {held_out:?}, older {older:?}, blind {blind:?}");
    let all = rows(include_str!("people.tsv")).count();
    assert!(all >= 300 && tuned.0 + held_out.0 == all, "{all}: {tuned:?} {held_out:?}");
    for (name, (_, first, three), floor) in [
        ("tuned on", tuned, (88, 98)),
        ("held out", held_out, (85, 97)),
        ("older", older, (84, 97)),
        ("blind", blind, (85, 97)),
    ] {
        assert!(
            first >= floor.0 && three >= floor.1,
            "{name}: {first} % first, {three} % among three"
        );
    }
}

/// What the engine is told beforehand proves nothing when it is found.
#[test]
fn no_question_that_is_counted_was_told_beforehand() {
    let asked: HashSet<String> = rows(include_str!("../../../../catalogue/asked.tsv"))
        .filter_map(|line| Some(fold(line.split('\t').nth(1)?)))
        .collect();
    let told: Vec<_> = rows(include_str!("people.tsv"))
        .filter_map(|line| line.split('\t').next())
        .filter(|question| asked.contains(&fold(question)))
        .collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_short_word_with_tone_marks_is_not_taken_for_another() {
    // "mở" opens a shop, "mỏ" is a mine.
    assert!(!first_three("mở tiệm tạp hóa").iter().any(|n| n.contains("khoáng sản")));
    assert!(first_three("mo tiem tap hoa")[0].contains("hộ kinh doanh"));
}

#[test]
fn words_typed_together_are_taken_apart() {
    assert!(first_three("khaisinh")[0].contains("khai sinh"));
}

/// The time of one search; run by hand for figures: `--ignored --nocapture`, release.
#[test]
#[ignore = "measures, and says nothing about right or wrong"]
fn how_long_a_search_takes() {
    let catalogue = catalogue();
    let mut times: Vec<_> = rows(include_str!("people.tsv"))
        .chain(rows(include_str!("queries.tsv")))
        .map(|line| {
            let begun = std::time::Instant::now();
            let _ = catalogue.search(line.split('\t').next().unwrap_or(""));
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("median {:?}, p99 {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
}

#[test]
fn any_text_can_be_searched_for() {
    let catalogue = catalogue();
    for typed in [
        "",
        " ",
        "%",
        "'; --",
        "*?[",
        "\0\u{7}\u{202e}",
        "🙂",
        &"hộ ".repeat(5_000),
        &"x".repeat(10_000),
    ] {
        assert!(catalogue.search(typed).len() <= 30);
    }
    assert!(catalogue.search("").is_empty());
}
