//! Charts of the board, drawn by the server: bars that are compared, and the province as tiles. Each stands beside its
//! numbers, says in words what it shows, and can be read without colour.

use motcua_model::form::Registers;
use motcua_office::adoption::Intake;
use std::collections::BTreeMap;

/// Width of a bar's drawing.
const WIDTH: i64 = 1_000;

/// A bar with the bar of a year before below it.
pub(super) struct Pair {
    /// What it is of.
    pub label: String,
    /// Width now, of [`WIDTH`].
    pub now: i64,
    /// Width a year before.
    pub before: i64,
    /// What it says, beside it.
    pub said: String,
}

/// Bars of shares in tenths of a percent: label, now, a year before, and what is said beside. Answers them with the
/// share, in whole percent, that the longest drawing stands for.
pub(super) fn pairs(list: impl Iterator<Item = (String, Option<i64>, Option<i64>, String)>) -> (Vec<Pair>, i64) {
    let list: Vec<_> = list.collect();
    let most = list.iter().flat_map(|(_, a, b, _)| [*a, *b]).flatten().max().unwrap_or(0);
    // A round number, so that two pages can be compared.
    let most = [100, 200, 500, 1_000].into_iter().find(|m| most <= *m).unwrap_or(1_000);
    let width = |share: Option<i64>| share.unwrap_or(0) * WIDTH / most;
    let pairs = list.into_iter().map(|(label, now, before, said)| Pair {
        label,
        now: width(now),
        before: width(before),
        said,
    });
    (pairs.collect(), most / 10)
}

/// Squares in a row of a district.
const ROW: i64 = 8;
/// From one square to the next.
const STEP: i64 = 26;

/// A commune as a square.
pub(super) struct Square {
    pub x: i64,
    pub y: i64,
    /// Its shade: `none`, `zero`, `s1` … `s4`.
    pub shade: &'static str,
    /// Name and share, for who points at it.
    pub said: String,
}

/// A district with its communes.
pub(super) struct Tile {
    pub code: String,
    pub name: String,
    pub share: String,
    pub height: i64,
    pub squares: Vec<Square>,
    /// How many communes have filed online, of how many.
    pub used: (usize, usize),
}

/// The shade of a share.
fn shade(intake: &Intake) -> &'static str {
    match intake.online_share() {
        None => "none",
        Some(0) => "zero",
        Some(1..100) => "s1",
        Some(100..250) => "s2",
        Some(250..500) => "s3",
        Some(_) => "s4",
    }
}

/// The province as tiles: each district in its place, each commune a square.
pub(super) fn tiles(
    districts: &[String],
    registers: &Registers,
    communes: &[(String, Intake)],
    percent: impl Fn(Option<i64>) -> String,
) -> Vec<Tile> {
    let of: BTreeMap<&str, Intake> = communes.iter().map(|(c, i)| (c.as_str(), *i)).collect();
    let tile = |district: &String| {
        let inside = registers
            .list("communes")
            .iter()
            .filter(|c| c.parent.as_ref() == Some(district));
        let (mut squares, mut sum, mut used) = (Vec::new(), Intake::default(), 0);
        for (n, commune) in (0i64..).zip(inside) {
            let intake = of.get(commune.code.as_str()).copied().unwrap_or_default();
            sum.online += intake.online;
            sum.assisted += intake.assisted;
            sum.counter += intake.counter;
            used += usize::from(intake.all_online() > 0);
            squares.push(Square {
                x: n % ROW * STEP,
                y: n / ROW * STEP,
                shade: shade(&intake),
                said: format!("{}: {}", commune.name.vi, percent(intake.online_share())),
            });
        }
        Tile {
            name: registers
                .entry("districts", district)
                .map_or_else(|| district.clone(), |d| d.name.vi.clone()),
            code: district.clone(),
            share: percent(sum.online_share()),
            height: (squares.len() as i64 + ROW - 1) / ROW * STEP,
            used: (used, squares.len()),
            squares,
        }
    };
    districts.iter().map(tile).filter(|t| !t.squares.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_measured_by_a_round_share() {
        let line = |now, before| (String::new(), now, before, String::new());
        let (bars, most) = pairs([line(Some(104), None), line(Some(50), Some(150))].into_iter());
        assert_eq!(most, 20);
        assert_eq!(
            bars.iter().map(|b| (b.now, b.before)).collect::<Vec<_>>(),
            [(520, 0), (250, 750)]
        );
        assert_eq!(pairs(std::iter::once(line(None, None))).1, 10);
    }

    #[test]
    fn a_place_where_nobody_came_is_not_a_place_where_nobody_filed_online() {
        let counter = Intake {
            counter: 9,
            ..Intake::default()
        };
        let online = Intake {
            online: 1,
            counter: 1,
            ..Intake::default()
        };
        assert_eq!(
            [Intake::default(), counter, online].map(|i| shade(&i)),
            ["none", "zero", "s4"]
        );
    }
}
