//! Life events: a birth, a house, a shop; each leads through the services in the order in which they are best done.

use crate::check::{Mistake, line_of, toml};
use crate::files::Files;
use crate::service::Service;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::Text;
use schemars::JsonSchema;
use serde::Deserialize;

const PATH: &str = "life_events.toml";

/// Something that happens in a life.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Name in addresses.
    pub id: String,
    /// What happens.
    pub name: Text,
    /// What to know first.
    pub lead: Text,
    /// The services, in order.
    #[serde(rename = "step")]
    pub steps: Vec<LifeStep>,
}

/// One service on the way.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LifeStep {
    /// Its code.
    pub service: ProcedureCode,
    /// When it is needed, or what to know.
    pub note: Text,
}

/// `life_events.toml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LifeEvents {
    life_event: Vec<LifeEvent>,
}

/// Reads them; a catalogue without the file has none.
pub(crate) fn read(files: &Files, services: &[Service], mistakes: &mut Vec<Mistake>) -> Vec<LifeEvent> {
    let Some(text) = files.get(PATH) else { return Vec::new() };
    let events = toml::<LifeEvents>(files, PATH, mistakes).map_or_else(Vec::new, |e| e.life_event);
    let mut add = |field: &str, what: &str, remedy: &str| {
        mistakes.push(Mistake::new(PATH, line_of(text, field), field, what, remedy));
    };
    for (i, event) in events.iter().enumerate() {
        if events[..i].iter().any(|other| other.id == event.id) {
            add(&event.id, "hai việc trùng tên", "đặt id khác nhau");
        }
        if event.steps.is_empty() {
            add(&event.id, "việc không dẫn đến thủ tục nào", "thêm step, hoặc bỏ việc này");
        }
        for step in &event.steps {
            if !services.iter().any(|s| s.sheet.code == step.service) {
                add(
                    step.service.as_str(),
                    "không có thủ tục này",
                    "xem mã trong sheets.tsv hoặc procedures",
                );
            }
        }
    }
    events
}
