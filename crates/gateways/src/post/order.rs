//! Asking the post: carry this, where is it, call it off, bring it back.

use super::notice::Notice;
use super::{Post, sign};
use crate::GatewayError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Status and body of an answer.
struct Answer {
    status: u16,
    body: String,
}

/// What the post is asked to carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostOrder {
    /// Ours; sent again, it is the same order.
    pub reference: String,
    /// `deliver` (from the one-stop to the person) or `collect` (from the person to the one-stop).
    pub kind: String,
    /// Code of the dossier, for the label.
    pub dossier: String,
    /// The agency's side: name.
    pub agency_name: String,
    /// The agency's side: address.
    pub agency_address: String,
    /// The person's side: name.
    pub person_name: String,
    /// The person's side: phone, E.164; may be empty.
    pub person_phone: String,
    /// The person's side: address on one line.
    pub person_address: String,
    /// The person's side: code of the commune.
    pub commune: String,
    /// `district`, `province` or `country`.
    pub zone: String,
    /// Grams.
    pub weight_g: u32,
    /// VND to collect on delivery.
    pub collect: u64,
}

/// The post took an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The post's own number.
    pub tracking: String,
    /// What it charges, in VND.
    pub price: u64,
}

/// Why the post does not do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// A word of its protocol, such as `address` or `too_heavy` or `collected`.
    pub code: String,
    /// What it says.
    #[serde(default)]
    pub message: String,
}

/// What the post answers to a request that reached it.
pub type Outcome<T> = Result<T, Declined>;

/// All that the post tells of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The post's own number.
    pub tracking: String,
    /// What it charges, in VND.
    pub price: u64,
    /// Every notice of it, as they were or should have been told.
    pub notices: Vec<Notice>,
}

impl Post {
    /// Asks the post to carry something. Sent again with the same reference, it answers the same parcel.
    ///
    /// # Errors
    /// [`GatewayError`], temporary when the post cannot be reached; what it declines is no error but an answer.
    pub async fn create(&self, order: &PostOrder, now: Timestamp) -> Result<Outcome<Created>, GatewayError> {
        let body = serde_json::to_string(order).map_err(|_| failed("the order cannot be written", false))?;
        read(&self.ask("POST", "/orders".to_owned(), body, now).await?)
    }

    /// Where a parcel is, with everything that was told of it: for notices that were lost.
    ///
    /// # Errors
    /// As [`Post::create`].
    pub async fn track(&self, reference: &str, now: Timestamp) -> Result<Outcome<Told>, GatewayError> {
        read(&self.ask("GET", format!("/orders/{reference}"), String::new(), now).await?)
    }

    /// Calls an order off; declined once the post has the parcel.
    ///
    /// # Errors
    /// As [`Post::create`].
    pub async fn cancel(&self, reference: &str, now: Timestamp) -> Result<Outcome<()>, GatewayError> {
        done(
            &self
                .ask("POST", format!("/orders/{reference}/cancel"), String::new(), now)
                .await?,
        )
    }

    /// Lets a parcel come back to its sender; declined once it is delivered.
    ///
    /// # Errors
    /// As [`Post::create`].
    pub async fn bring_back(&self, reference: &str, now: Timestamp) -> Result<Outcome<()>, GatewayError> {
        done(
            &self
                .ask("POST", format!("/orders/{reference}/return"), String::new(), now)
                .await?,
        )
    }

    async fn ask(&self, method: &'static str, path: String, body: String, now: Timestamp) -> Result<Answer, GatewayError> {
        let time = now.as_second().to_string();
        // The path as the post sees it, with whatever stands in front of its interface.
        let (url, whole) = (format!("{}{path}", self.url), path_of(&self.url, &path));
        let signature = sign::signature(&self.secret, method, &whole, &time, body.as_bytes());
        let (client, timeout) = (self.client.clone(), self.timeout);
        let asked = tokio::task::spawn_blocking(move || -> Result<Answer, ureq::Error> {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .timeout_global(Some(timeout))
                .max_redirects(0)
                .http_status_as_error(false)
                .build()
                .into();
            let mut answer = if method == "GET" {
                agent
                    .get(&url)
                    .header("X-Client", client)
                    .header("X-Time", time)
                    .header("X-Signature", signature)
                    .call()?
            } else {
                agent
                    .post(&url)
                    .header("X-Client", client)
                    .header("X-Time", time)
                    .header("X-Signature", signature)
                    .header("Content-Type", "application/json")
                    .send(&body)?
            };
            Ok(Answer {
                status: answer.status().as_u16(),
                body: answer.body_mut().read_to_string()?,
            })
        })
        .await;
        match asked {
            Ok(Ok(answer)) if answer.status == 429 || answer.status >= 500 => {
                Err(failed(&format!("the post answered {}", answer.status), true))
            }
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                let wrong_setting = matches!(error, ureq::Error::BadUri(_) | ureq::Error::Http(_));
                Err(failed(&format!("the post: {error}"), !wrong_setting))
            }
            Err(e) => Err(failed(&e.to_string(), true)),
        }
    }
}

fn failed(what: &str, temporary: bool) -> GatewayError {
    GatewayError {
        what: what.to_owned(),
        temporary,
    }
}

/// The path of an address, with `more` at its end.
fn path_of(url: &str, more: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let front = rest.find('/').map_or("", |at| &rest[at..]);
    format!("{front}{more}")
}

fn declined(answer: &Answer) -> Result<Declined, GatewayError> {
    serde_json::from_str(&answer.body)
        .map_err(|_| failed(&format!("the post answered {} and nothing readable", answer.status), false))
}

fn read<T: for<'d> Deserialize<'d>>(answer: &Answer) -> Result<Outcome<T>, GatewayError> {
    if answer.status == 200 {
        let read = serde_json::from_str(&answer.body);
        return read.map(Ok).map_err(|_| failed("the post's answer cannot be read", true));
    }
    declined(answer).map(Err)
}

fn done(answer: &Answer) -> Result<Outcome<()>, GatewayError> {
    if answer.status == 200 {
        Ok(Ok(()))
    } else {
        declined(answer).map(Err)
    }
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn what_is_signed_is_the_path_that_the_post_sees() {
        assert_eq!(path_of("http://127.0.0.1:8081/post", "/orders"), "/post/orders");
        assert_eq!(path_of("https://post.example.vn", "/orders/1"), "/orders/1");
    }
}
