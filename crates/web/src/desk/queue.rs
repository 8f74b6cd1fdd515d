//! The queues of an agency in the order of the work. Each is a stretch of one index.

use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::Role;
use motcua_model::clock::{TIME_ZONE, local};
use motcua_office::desk::{COUNTED, Counts};
use motcua_words::Words;

/// What a queue is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// Whose turn it is and where the dossier stands.
    Turn(Option<&'static str>, Option<&'static str>),
    /// What the officer holds herself.
    Mine,
    /// A stretch of deadlines over the whole agency.
    Due(&'static str),
    /// The person wrote and waits for an answer.
    Talk,
    /// Another agency, or a colleague, asked for an opinion.
    Asked,
}

/// A queue.
pub(super) struct Queue {
    pub name: &'static str,
    pub made: Made,
    pub label: fn(Words) -> &'static str,
}

const fn turn(
    name: &'static str,
    turn: Option<&'static str>,
    status: Option<&'static str>,
    label: fn(Words) -> &'static str,
) -> Queue {
    Queue {
        name,
        made: Made::Turn(turn, status),
        label,
    }
}

const fn other(name: &'static str, made: Made, label: fn(Words) -> &'static str) -> Queue {
    Queue { name, made, label }
}

/// All of them.
pub(super) const QUEUES: [Queue; 13] = [
    other("cua-toi", Made::Mine, |w| w.queue_mine()),
    other("duoc-hoi", Made::Asked, |w| w.opinion_queue()),
    turn("tiep-nhan", Some("receptionist"), Some("filed"), |w| w.desk_tab_filed()),
    turn("nop-tien", Some("payer"), None, |w| w.queue_payer()),
    turn("chuyen", Some("receptionist"), Some("accepted"), |w| w.desk_tab_accepted()),
    turn("chuyen-vien", Some("specialist"), None, |w| w.desk_tab_specialist()),
    turn("lanh-dao", Some("leader"), None, |w| w.desk_tab_leader()),
    turn("bo-sung", Some("citizen"), None, |w| w.desk_tab_citizen()),
    turn("tra", Some("receptionist"), Some("approved"), |w| w.desk_tab_approved()),
    other("hom-nay", Made::Due("hom-nay"), |w| w.desk_due_today()),
    other("qua-han", Made::Due("qua-han"), |w| w.desk_due_late()),
    other("trao-doi", Made::Talk, |w| w.queue_talk()),
    turn("tat-ca", None, None, |w| w.desk_tab_all()),
];

impl Queue {
    /// How many stand in it, in words: "999+" beyond what is counted.
    pub fn count(&self, counts: &Counts) -> String {
        let up_to = |n: i64| {
            if n >= COUNTED {
                format!("{}+", COUNTED - 1)
            } else {
                n.to_string()
            }
        };
        match self.made {
            Made::Turn(turn, status) => {
                let tally = counts.queues.iter();
                tally
                    .filter(|t| turn.is_none_or(|x| t.turn == x) && status.is_none_or(|x| t.status == x))
                    .map(|t| t.n)
                    .sum::<i64>()
                    .to_string()
            }
            Made::Mine => up_to(counts.mine),
            Made::Due("hom-nay") => up_to(counts.today),
            Made::Due(_) => up_to(counts.late),
            Made::Talk => up_to(counts.talk),
            Made::Asked => up_to(counts.asked),
        }
    }
}

/// The queue that was asked for, else the one of the officer's own work.
pub(super) fn queue(asked: &str, role: Role) -> &'static Queue {
    let own = match role {
        Role::Specialist => "chuyen-vien",
        Role::Leader => "lanh-dao",
        _ => "tiep-nhan",
    };
    let named = |name: &str| QUEUES.iter().find(|q| q.name == name);
    named(asked).or_else(|| named(own)).unwrap_or(&QUEUES[0])
}

/// The stretch of deadlines that is asked for: from where, and before when.
pub(super) fn stretch(asked: &str, now: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
    let end_of_today = local(now)
        .date()
        .tomorrow()
        .ok()
        .and_then(|d| TIME_ZONE.to_timestamp(d.at(0, 0, 0, 0)).ok());
    match asked {
        "qua-han" => (None, Some(now)),
        "hom-nay" => (Some(now), end_of_today),
        "tuan-nay" => (Some(now), Some(now + SignedDuration::from_hours(7 * 24))),
        _ => (None, None),
    }
}
