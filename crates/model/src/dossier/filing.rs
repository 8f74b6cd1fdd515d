//! How a dossier comes in and goes out: level, channel, way of the result.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Level of an online service (Decree 43/2011, Circular 32/2017/TT-BTTTT). Decree 42/2022 later says "một phần" and
/// "toàn trình" for the same two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    /// Filled in and sent online; paid and collected at the office.
    Three,
    /// Also paid online; the result comes online, by post or at the counter.
    Four,
}

/// As it is written: 3 or 4.
impl JsonSchema for Level {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "enum": [3, 4] })
    }
}

impl Level {
    /// 3 or 4.
    #[must_use]
    pub fn number(self) -> u8 {
        self.into()
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        match level {
            Level::Three => 3,
            Level::Four => 4,
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        match n {
            3 => Ok(Self::Three),
            4 => Ok(Self::Four),
            _ => Err("the level of an online service is 3 or 4"),
        }
    }
}

/// How a dossier came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By the person herself, on the portal.
    Online,
    /// At a post office (Decision 45/2016/QĐ-TTg).
    Post,
    /// At the one-stop counter.
    Counter,
}

impl Channel {
    /// The name used in storage and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Post => "post",
            Self::Counter => "counter",
        }
    }
}

/// How the person wants the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnWay {
    /// As a file in her account.
    Online,
    /// On paper at the counter.
    Counter,
    /// On paper, brought by the post.
    Post,
}

impl ReturnWay {
    /// The name used in storage, forms and addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Counter => "counter",
            Self::Post => "post",
        }
    }

    /// Reads [`ReturnWay::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        [Self::Online, Self::Counter, Self::Post]
            .into_iter()
            .find(|w| w.as_str() == s)
    }
}
