//! The limit of a page on a machine: a bare axum page of 12 KB. Used by `bench/run.py`.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port: u16 = std::env::args().nth(1).ok_or("give a port")?.parse()?;
    let page: &'static str = Box::leak("<p>x</p>".repeat(1_500).into_boxed_str());
    let router = Router::new().route("/", get(move || async move { Html(page) }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, router).await?;
    Ok(())
}
