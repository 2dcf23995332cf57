//! Connections: how many, how long, how large.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use http_body_util::Limited;
use hyper::Method;
use hyper::Request;
use hyper::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio::time::timeout;

use super::answer;
use super::answer::Answer;
use super::answer::Refusal;
use super::answer::Wanted;
use super::guard::Guard;
use super::shown::Shown;

/// Connections at once; browsers open six. Further ones wait.
const MOST_CONNECTIONS: usize = 64;
/// Within so long a browser must have said what it wants, be it the first time or again. Chosen.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of a request but for its body: pages ask in a few hundred.
const MOST_HEAD_BYTES: usize = 16 * 1024;
/// Headers of a request; browsers send some twenty.
const MOST_HEADERS: usize = 64;
/// Bytes of a correction: a note may be a page long.
const MOST_BODY_BYTES: usize = 16 * 1024;
/// After an error of the system, as when too many files are open, so long nobody is let in.
const AFTER_ERROR: Duration = Duration::from_millis(100);

/// Lets browsers in for as long as it is polled.
pub(super) async fn accept(listener: TcpListener, guard: Guard, shown: Arc<Shown>) {
    let guard = Arc::new(guard);
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        // Never closed.
        let place = Arc::clone(&places).acquire_owned().await.ok();
        match listener.accept().await {
            Ok((stream, _)) => {
                let (guard, shown) = (Arc::clone(&guard), Arc::clone(&shown));
                tokio::spawn(async move {
                    speak(stream, guard, shown).await;
                    drop(place);
                });
            }
            Err(_) => sleep(AFTER_ERROR).await,
        }
    }
}

/// Answers what one browser wants.
async fn speak(stream: TcpStream, guard: Arc<Guard>, shown: Arc<Shown>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let (guard, shown) = (Arc::clone(&guard), Arc::clone(&shown));
        async move {
            let answer = match answered(request, guard, shown).await {
                Ok(answer) => answer,
                Err(refusal) => refusal.answer(),
            };
            Ok::<_, Infallible>(answer)
        }
    });
    let mut protocol = http1::Builder::new();
    protocol
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_headers(MOST_HEADERS)
        .max_buf_size(MOST_HEAD_BYTES);
    // A browser that goes away, or speaks something else, is nobody's fault here.
    let _ = protocol
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answered(
    request: Request<Incoming>,
    guard: Arc<Guard>,
    shown: Arc<Shown>,
) -> Result<Answer, Refusal> {
    let (head, body) = request.into_parts();
    let wanted = Wanted::of(&guard, &head)?;
    let body = match head.method == Method::POST {
        true => whole(body).await?,
        false => Vec::new(),
    };
    // What follows reads files.
    let answered = tokio::task::spawn_blocking(move || answer::answer(&wanted, &body, &shown));
    answered.await.unwrap_or(Err(Refusal::Broken))
}

/// Returns a body, unless it is too large or too slow.
async fn whole(body: Incoming) -> Result<Vec<u8>, Refusal> {
    if body.size_hint().lower() > MOST_BODY_BYTES as u64 {
        return Err(Refusal::TooLarge);
    }
    let read = timeout(PATIENCE, Limited::new(body, MOST_BODY_BYTES).collect()).await;
    let read = read.map_err(|_| Refusal::TooSlow)?;
    let whole = read.map_err(|_| Refusal::TooLarge)?;
    Ok(whole.to_bytes().to_vec())
}
