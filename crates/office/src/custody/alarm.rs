//! What a dossier's chain of custody says to be wrong.

use motcua_model::custody::{BagCode, PaperCode, read_paper};
use motcua_store::custody::HandLine;
use std::collections::BTreeMap;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmKind {
    /// The bag is not there in its time.
    Late,
    /// The bag was opened, and its time passed before it was compared with its list.
    Uncompared,
    /// Another seal than its own was on the bag, and nobody wrote yet how that ended.
    Opened,
    /// Papers were missing when the bag was compared with its list.
    Missing,
}

/// Something that is wrong with a dossier's papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// What.
    pub kind: AlarmKind,
    /// In which bag.
    pub bag: BagCode,
    /// Papers that are missing; none for the other kinds.
    pub missing: Vec<PaperCode>,
    /// The last hand that is known.
    pub last_hand: String,
    /// What is noted.
    pub note: String,
}

/// Reads the alarms out of the hands that a dossier's papers went through, in their order. An alarm ends by itself when what
/// was wrong is put right: the late bag is opened where it was to go and compared, the papers of the dossier are found in it,
/// the opened one is compared with a note, the missing paper turns up.
pub(super) fn of(hands: &[HandLine]) -> Vec<Alarm> {
    let mut found: Vec<Alarm> = Vec::new();
    let mut last = BTreeMap::<&BagCode, &str>::new();
    for h in hands {
        let hand = last.get(&h.bag).copied().unwrap_or(&h.actor).to_owned();
        let alarm = |kind, last_hand: String| Alarm {
            kind,
            bag: h.bag.clone(),
            missing: Vec::new(),
            last_hand,
            note: String::new(),
        };
        if h.kind.ends_with("_broken") && !found.iter().any(|a| a.bag == h.bag && a.kind == AlarmKind::Opened) {
            found.push(Alarm {
                note: h.note.clone(),
                ..alarm(AlarmKind::Opened, hand.clone())
            });
        }
        match h.kind.as_str() {
            "paper_in" | "sealed" | "taken" | "taken_broken" | "taken_on_paper" => {
                last.insert(&h.bag, &h.actor);
            }
            "unsealed" | "unsealed_broken" => {
                // What is there is late no more, but nobody knows yet whether it is whole.
                for a in found.iter_mut().filter(|a| a.bag == h.bag && a.kind == AlarmKind::Late) {
                    a.kind = AlarmKind::Uncompared;
                    a.last_hand.clone_from(&h.actor);
                }
                last.insert(&h.bag, &h.actor);
            }
            "overdue_opened" => found.push(alarm(AlarmKind::Uncompared, h.note.clone())),
            "found" if all_found(hands, &h.bag) => {
                found.retain(|a| a.bag != h.bag || a.kind != AlarmKind::Uncompared);
            }
            "overdue" => found.push(alarm(AlarmKind::Late, h.note.clone())),
            "compared" | "compared_whole" => {
                found.retain(|a| a.bag != h.bag || !matches!(a.kind, AlarmKind::Opened | AlarmKind::Uncompared));
                let (codes, said) = h.note.split_once(" · ").unwrap_or((&h.note, ""));
                let missing: Vec<PaperCode> = codes.split(", ").filter_map(|c| read_paper(c).ok()).collect();
                if !missing.is_empty() {
                    found.push(Alarm {
                        missing,
                        note: said.to_owned(),
                        ..alarm(AlarmKind::Missing, hand)
                    });
                }
            }
            "turned_up" => {
                let code = h.note.split(' ').next().and_then(|c| read_paper(c).ok());
                for a in found.iter_mut().filter(|a| a.bag == h.bag && a.kind == AlarmKind::Missing) {
                    a.missing.retain(|m| Some(m) != code.as_ref());
                }
                found.retain(|a| a.kind != AlarmKind::Missing || !a.missing.is_empty());
            }
            "paper_out" => {
                // A paper that is in no bag any more is late in none.
                let inside = |b: &BagCode| still_inside(hands, b);
                found.retain(|a| a.bag != h.bag || a.kind != AlarmKind::Late || inside(&a.bag));
            }
            _ => {}
        }
    }
    found
}

/// Whether more of the dossier's papers were put into a bag than taken out of it.
fn still_inside(hands: &[HandLine], bag: &BagCode) -> bool {
    count(hands, bag, "paper_in") > count(hands, bag, "paper_out")
}

/// Whether all of the dossier's papers that travelled in a bag were found when it was opened.
fn all_found(hands: &[HandLine], bag: &BagCode) -> bool {
    count(hands, bag, "paper_in") <= count(hands, bag, "paper_out") + count(hands, bag, "found")
}

fn count(hands: &[HandLine], bag: &BagCode, kind: &str) -> usize {
    hands.iter().filter(|h| h.bag == *bag && h.kind == kind).count()
}
