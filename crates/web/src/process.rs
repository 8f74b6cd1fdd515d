//! The picture of a process: stations on a line from the data, with a text list behind it; where a dossier stands.

use crate::AppState;
use crate::app::{agency_name, role_name};
use motcua_model::dossier::{Dossier, Status};
use motcua_model::procedure::{Ask, Procedure};
use motcua_words::Words;

/// Height of a station, in units of the drawing.
const ROW: usize = 64;
/// Height of an opinion that a station asks for.
const ASK: usize = 52;
/// Longest line of a label, in characters: what fits beside the line on a small phone.
const LINE: usize = 30;
/// The same beside an opinion, which stands further in.
const ASK_LINE: usize = 26;

/// A station.
pub struct Stop {
    /// Centre, from the top.
    pub y: usize,
    /// The label in lines: text and its height.
    pub lines: Vec<(String, usize)>,
    /// `done`, `now` or `next`.
    pub state: &'static str,
    /// The whole label.
    pub label: String,
    /// Who does it and how long.
    pub who: String,
    /// What comes next, where there is a choice.
    pub branches: Vec<String>,
    /// The state in words; empty on a sheet.
    pub said: &'static str,
    /// Whom it asks at the same time.
    pub asks: Vec<AskStop>,
}

/// An opinion that a station asks for: a way beside the line that comes back to it.
pub struct AskStop {
    /// Centre, from the top.
    pub y: usize,
    /// What it is about, in lines: text and its height.
    pub lines: Vec<(String, usize)>,
    /// `done`, `now` or `next`.
    pub state: &'static str,
    /// Whom, about what, how long, when.
    pub label: String,
    /// The state in words; empty on a sheet.
    pub said: &'static str,
    /// The path of its line.
    pub path: String,
}

/// A way that skips stations.
pub struct Jump {
    /// The path of the line.
    pub path: String,
}

/// The picture.
pub struct ProcessView {
    /// Stations, from the top.
    pub stops: Vec<Stop>,
    /// Ways to the following station: from and to, from the top.
    pub rails: Vec<(usize, usize)>,
    /// Ways that skip stations.
    pub jumps: Vec<Jump>,
    /// Height of the drawing.
    pub height: usize,
}

/// Makes the picture; with a dossier, where it stands.
pub fn picture(app: &AppState, w: Words, procedure: &Procedure, dossier: Option<&Dossier>) -> ProcessView {
    let above = |i: usize| procedure.process.iter().take(i).map(|s| s.asks.len()).sum::<usize>();
    let at = |i: usize| i * ROW + above(i) * ASK + ROW / 2;
    let current = dossier.and_then(stage_of);
    let closed = dossier.is_some_and(|d| d.result.is_some());
    let steps = &procedure.process;
    let name = |i: usize| steps[i].name.get(w.0).to_owned();
    let (mut stops, mut rails, mut jumps) = (Vec::new(), Vec::new(), Vec::new());
    for (i, step) in steps.iter().enumerate() {
        let passed = dossier.is_some_and(|d| d.trail.iter().any(|done| done.step == i));
        let last = procedure.ways_on(i).is_empty();
        let state = match current {
            Some(now) if now == i => "now",
            _ if passed || (closed && last) => "done",
            _ => "next",
        };
        let label = name(i);
        let ways = procedure.ways_on(i);
        for (_, to) in &ways {
            if *to == i + 1 {
                rails.push((at(i), at(*to)));
            } else {
                let (y0, y1) = (at(i), at(*to));
                jumps.push(Jump {
                    path: format!("M20 {y0} C2 {} 2 {} 20 {y1}", y0 + 16, y1.saturating_sub(16)),
                });
            }
        }
        let branches = if ways.len() > 1 {
            ways.iter()
                .map(|(branch, to)| match branch.map(|b| b.say.get(w.0)) {
                    Some(say) if !say.is_empty() => w.process_branch(say, name(*to)),
                    _ => w.process_otherwise(name(*to)),
                })
                .collect()
        } else {
            Vec::new()
        };
        let back = ways.first().map(|(_, to)| at(*to));
        let asks = step.asks.iter().enumerate().map(|(n, ask)| {
            let y = at(i) + ROW / 2 + n * ASK + ASK / 2;
            ask_stop(app, w, ask, (at(i), y, back), dossier, state != "next")
        });
        stops.push(Stop {
            asks: asks.collect(),
            y: at(i),
            lines: lines(&label, at(i), LINE),
            state,
            who: w.process_who(step.hours, role_name(w, step.role)),
            label,
            branches,
            said: match (dossier, state) {
                (None, _) => "",
                (_, "done") => w.common_station_done(),
                (_, "now") => w.common_station_now(),
                _ => w.common_station_next(),
            },
        });
    }
    ProcessView {
        height: steps.len() * ROW + above(steps.len()) * ASK,
        stops,
        rails,
        jumps,
    }
}

/// The place beside a station where one is asked: from which height it leaves the line, where it stands, where it comes back.
fn ask_stop(
    app: &AppState,
    w: Words,
    ask: &Ask,
    (from, y, back): (usize, usize, Option<usize>),
    dossier: Option<&Dossier>,
    reached: bool,
) -> AskStop {
    let name = ask.name.get(w.0);
    let asked = dossier.and_then(|d| d.opinions.iter().find(|o| o.asked.id == ask.id));
    let (state, said) = match (dossier, asked) {
        (None, _) => ("next", ""),
        (_, Some(o)) if o.given.is_some() || o.silent.is_some() => ("done", w.opinion_picture_done()),
        (_, Some(_)) => ("now", w.opinion_picture_now()),
        (_, None) if reached => ("next", w.opinion_picture_not()),
        (_, None) => ("next", w.common_station_next()),
    };
    let of = match asked {
        Some(o) => agency_name(app, &o.asked.agency, w.0),
        None => crate::opinion::asked(app, w, ask),
    };
    let label = w.opinion_picture(of, ask.hours, name);
    let say = ask.say.get(w.0);
    AskStop {
        lines: lines(name, y, ASK_LINE),
        label: if say.is_empty() {
            label
        } else {
            format!("{label} ({})", w.opinion_picture_if(say))
        },
        path: match back {
            Some(back) => format!(
                "M20 {from} C20 {y} 30 {y} 48 {y} M48 {y} C56 {} 20 {} 20 {back}",
                y + 30,
                back - 16
            ),
            None => format!("M20 {from} C20 {y} 30 {y} 48 {y}"),
        },
        y,
        state,
        said,
    }
}

fn stage_of(d: &Dossier) -> Option<usize> {
    match d.status {
        Status::InProcess(stage) | Status::AwaitingPayment { back: stage } | Status::AwaitingSupplement { back: Some(stage) } => {
            Some(stage.step)
        }
        _ => None,
    }
}

/// A label in at most two lines that fit.
fn lines(label: &str, y: usize, longest: usize) -> Vec<(String, usize)> {
    let mut all: Vec<String> = vec![String::new()];
    for word in label.split_whitespace() {
        let line = all.len() - 1;
        if !all[line].is_empty() && all[line].chars().count() + word.chars().count() >= longest {
            all.push(word.to_owned());
        } else {
            if !all[line].is_empty() {
                all[line].push(' ');
            }
            all[line].push_str(word);
        }
    }
    if all.len() > 2 {
        all.truncate(2);
        all[1].push('…');
    }
    let first = if all.len() == 2 { y - 8 } else { y };
    all.into_iter().enumerate().map(|(i, line)| (line, first + i * 18)).collect()
}

#[cfg(test)]
mod tests {
    use super::{LINE, lines};

    #[test]
    fn a_label_takes_two_lines_and_no_more() {
        assert_eq!(lines("Ký", 32, LINE), [("Ký".to_owned(), 32)]);
        let two = lines("Chuyên viên thẩm định hồ sơ và quy hoạch", 32, LINE);
        assert_eq!(two.len(), 2);
        assert!(lines(&"rất dài ".repeat(30), 32, LINE)[1].0.ends_with('…'));
    }
}
