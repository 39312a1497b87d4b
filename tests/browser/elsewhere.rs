//! Somebody else's site, with pages made to do harm.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A site of one page; ends when dropped.
pub struct Elsewhere {
    /// Its address by the same host as ours: another origin, but the same site, so that browsers send our cookies along.
    pub near: String,
    /// Its address by another host: another site.
    pub far: String,
    serving: tokio::task::AbortHandle,
}

impl Elsewhere {
    /// Serves this page at every path.
    pub async fn with(html: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let serving = tokio::spawn(async move {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                html.len()
            );
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = format!("{head}{html}");
                tokio::spawn(async move {
                    let mut asked = [0; 4096];
                    if stream.read(&mut asked).await.is_ok() {
                        // Browsers may hang up early.
                        let _ = stream.write_all(answer.as_bytes()).await;
                    }
                });
            }
        });
        Self {
            near: format!("http://127.0.0.1:{port}/"),
            far: format!("http://localhost:{port}/"),
            serving: serving.abort_handle(),
        }
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
