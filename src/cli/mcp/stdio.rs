//! The conversation over standard input and output, a message a line, each of bounded length.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;

use rmcp::ErrorData;
use rmcp::RoleServer;
use rmcp::model::JsonRpcMessage;
use rmcp::service::RxJsonRpcMessage;
use rmcp::service::TxJsonRpcMessage;
use rmcp::transport::Transport;
use rmcp::transport::async_rw::AsyncRwTransport;
use tokio::io::AsyncRead;
use tokio::io::ReadBuf;
use tokio::io::Stdin;
use tokio::io::Stdout;
use tokio::sync::mpsc;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::mpsc::UnboundedSender;

use crate::cli::args::Common;
use crate::cli::messages::Message;
use crate::cli::messages::WARNING;
use crate::cli::messages::tell_one;

/// The bytes that a message of a client may have: a call takes some hundreds, and what a client tells of
/// itself at the beginning some thousands.
pub(super) const MOST_MESSAGE_BYTES: usize = 1024 * 1024;

/// Standard input and output as the transport of a server.
///
/// The transport of the library leaves out lines that are too long without a word; this one answers them.
pub(super) struct Stdio {
    lines: AsyncRwTransport<RoleServer, Watched<Stdin>, Stdout>,
    too_long: UnboundedReceiver<()>,
    /// Whether warnings are told on standard error.
    common: Common,
}

impl Stdio {
    /// Returns those of this process; to be called within a runtime.
    pub(super) fn of_process(common: &Common) -> Self {
        let (tell, too_long) = mpsc::unbounded_channel();
        let input = Watched {
            inner: tokio::io::stdin(),
            length: 0,
            tell,
        };
        // What it counts has the line end.
        let lines = AsyncRwTransport::new(input, tokio::io::stdout())
            .with_max_line_length(MOST_MESSAGE_BYTES + 1);
        Self {
            lines,
            too_long,
            common: common.clone(),
        }
    }

    /// Returns what tells a client that one of its messages was left out; which one cannot be known.
    fn answer_too_long(&mut self) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let text = format!(
            "expected a message of at most {MOST_MESSAGE_BYTES} bytes, found a longer one, which was left out"
        );
        tell_one(&self.common, &Message::new(WARNING, text.clone()));
        let error = ErrorData::invalid_request(text, None);
        self.lines.send(JsonRpcMessage::error(error, None))
    }
}

impl Transport<RoleServer> for Stdio {
    type Error = io::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        self.lines.send(item)
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            let received = tokio::select! {
                biased;
                Some(()) = self.too_long.recv() => None,
                message = self.lines.receive() => Some(message),
            };
            match received {
                Some(Some(message)) => return Some(message),
                Some(None) => {
                    // The last line of all may have been too long.
                    while self.too_long.try_recv().is_ok() {
                        self.answer_too_long().await.ok()?;
                    }
                    return None;
                }
                // By itself, since waiting here may be given up for other messages at any time.
                None => drop(tokio::spawn(self.answer_too_long())),
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.lines.close().await
    }
}

/// Input that tells of each line that is too long.
struct Watched<R> {
    inner: R,
    length: usize,
    tell: UnboundedSender<()>,
}

impl<R: AsyncRead + Unpin> AsyncRead for Watched<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(context, buffer);
        for byte in buffer.filled().get(before..).unwrap_or_default() {
            self.length = if *byte == b'\n' { 0 } else { self.length + 1 };
            if self.length == MOST_MESSAGE_BYTES + 1 {
                // Nobody listens when the conversation is over.
                let _ = self.tell.send(());
            }
        }
        read
    }
}
