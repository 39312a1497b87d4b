//! Where bytes lie: a folder of this machine, or a bucket that all nodes share.
//!
//! ```text
//! upload/<id>/<key>                 a piece of an upload
//! upload/<id>/whole, preview, …     what is being put together of it
//! blob/ab/<hash>                    the bytes of files, once however many files have them
//! picture/ab/<hash>-preview         pictures of them
//! ```
//!
//! What is put together gets its final name in one step, so that there is never half of anything under it, and what a
//! crash leaves behind lies in the folder of an upload, which goes as a whole.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::file::{File, View};
use domain::id::Id;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, Result,
    RetryConfig, WriteMultipart,
};
use uuid::Uuid;

/// How many bytes go into one part of what is put together: no store takes smaller ones.
const PART: usize = 5 << 20;

/// Longest that a bucket may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where bytes lie.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// In a folder of this machine, which is made when it is missing.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Bucket),
}

/// A bucket that speaks the protocol of S3.
#[derive(Clone, PartialEq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Where it is, as the provider names it.
    pub region: String,
    /// Scheme and host of the service; Amazon's own when none.
    pub endpoint: Option<String>,
    /// Who we are there.
    pub access_key: String,
    /// What proves it.
    pub secret_key: String,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({}, …)", self.name)
    }
}

/// The store of an installation.
#[derive(Debug, Clone)]
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
}

impl Store {
    /// Opens it. Nothing is asked of a bucket yet.
    pub fn open(place: &Place) -> std::io::Result<Self> {
        let wrong = |error: Error| std::io::Error::other(error.to_string());
        match place {
            Place::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                let objects = LocalFileSystem::new_with_prefix(folder).map_err(wrong)?;
                Ok(Self {
                    objects: Arc::new(objects.with_fsync(true)),
                    folder: Some(folder.clone()),
                })
            }
            Place::Bucket(bucket) => {
                let client = ClientOptions::new()
                    .with_timeout(PATIENCE)
                    .with_connect_timeout(PATIENCE / 4)
                    .with_allow_http(true);
                let retry = RetryConfig {
                    max_retries: 3,
                    retry_timeout: PATIENCE,
                    ..RetryConfig::default()
                };
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(&bucket.name)
                    .with_region(&bucket.region)
                    .with_access_key_id(&bucket.access_key)
                    .with_secret_access_key(&bucket.secret_key)
                    .with_client_options(client)
                    .with_retry(retry);
                if let Some(endpoint) = &bucket.endpoint {
                    builder = builder.with_endpoint(endpoint).with_allow_http(true);
                }
                Ok(Self {
                    objects: Arc::new(builder.build().map_err(wrong)?),
                    folder: None,
                })
            }
        }
    }

    /// Writes, reads and removes a few bytes.
    pub async fn probe(&self) -> Result<()> {
        let at = Path::from(format!("upload/{}/probe", Id::<File>::fresh()));
        self.objects
            .put(&at, PutPayload::from_static(b"probe"))
            .await?;
        self.objects.get(&at).await?.bytes().await?;
        self.objects.delete(&at).await
    }

    /// Puts a piece of an upload.
    pub(crate) async fn put_piece(&self, of: Id<File>, key: Uuid, bytes: Bytes) -> Result<()> {
        self.objects.put(&piece(of, key), bytes.into()).await?;
        Ok(())
    }

    /// Removes a piece that came for nothing.
    pub(crate) async fn drop_piece(&self, of: Id<File>, key: Uuid) -> Result<()> {
        self.objects.delete(&piece(of, key)).await
    }

    /// Reads a piece of an upload.
    pub(crate) async fn piece(
        &self,
        of: Id<File>,
        key: Uuid,
    ) -> Result<BoxStream<'static, Result<Bytes>>> {
        Ok(self.objects.get(&piece(of, key)).await?.into_stream())
    }

    /// Whether the bytes with this hash are there.
    pub(crate) async fn has(&self, hash: &[u8], view: View, size: Option<u64>) -> Result<bool> {
        match self.objects.head(&kept(hash, view)).await {
            Ok(found) => Ok(size.is_none_or(|size| size == found.size)),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Puts together what `bytes` yields, in the folder of `of`, and gives it its final name.
    pub(crate) async fn put(
        &self,
        of: Id<File>,
        hash: &[u8],
        view: View,
        bytes: BoxStream<'_, std::io::Result<Bytes>>,
    ) -> std::io::Result<()> {
        let half = Path::from(format!("upload/{of}/{}", view.name()));
        let mut bytes = bytes;
        let multipart = self.objects.put_multipart(&half).await?;
        let mut writing = WriteMultipart::new_with_chunk_size(multipart, PART);
        while let Some(some) = bytes.try_next().await? {
            // One part on its way while the next is filled: no more is held.
            writing.wait_for_capacity(1).await?;
            writing.put(some);
        }
        writing.finish().await?;
        Ok(self.objects.rename(&half, &kept(hash, view)).await?)
    }

    /// Hands out the bytes of a view of a file, all or some.
    pub(crate) async fn get(
        &self,
        hash: &[u8],
        view: View,
        range: Option<std::ops::Range<u64>>,
    ) -> Result<BoxStream<'static, Result<Bytes>>> {
        let options = GetOptions::new().with_range(range.map(GetRange::Bounded));
        let got = self.objects.get_opts(&kept(hash, view), options).await?;
        Ok(got.into_stream())
    }

    /// How many bytes a view of a file has.
    pub(crate) async fn size(&self, hash: &[u8], view: View) -> Result<u64> {
        Ok(self.objects.head(&kept(hash, view)).await?.size)
    }

    /// Removes the bytes with this hash and their pictures. What is gone already is well gone.
    pub(crate) async fn discard(&self, hash: &[u8]) -> Result<()> {
        for view in [View::Thumbnail, View::Preview, View::Whole] {
            match self.objects.delete(&kept(hash, view)).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Removes whatever lies in the folder of an upload, halves of anything included.
    pub(crate) async fn clear(&self, of: Id<File>) -> std::io::Result<()> {
        if let Some(folder) = &self.folder {
            return match tokio::fs::remove_dir_all(inside(folder, of)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let folder = Path::from(format!("upload/{of}"));
        let all = self.objects.list(Some(&folder));
        let all = all.map_ok(|object| object.location).boxed();
        let deleted = self.objects.delete_stream(all);
        deleted.try_collect::<Vec<_>>().await?;
        Ok(())
    }

    /// The uploads that have anything in the store.
    pub(crate) async fn uploads(&self) -> Result<Vec<Id<File>>> {
        let listed = self
            .objects
            .list_with_delimiter(Some(&Path::from("upload")))
            .await?;
        let ids = listed.common_prefixes.iter().filter_map(|folder| {
            let name = folder.filename()?;
            name.parse().ok()
        });
        Ok(ids.collect())
    }
}

fn inside(folder: &FilePath, of: Id<File>) -> PathBuf {
    folder.join("upload").join(of.to_string())
}

fn piece(of: Id<File>, key: Uuid) -> Path {
    Path::from(format!("upload/{of}/{}", key.simple()))
}

fn kept(hash: &[u8], view: View) -> Path {
    let hash = hex(hash);
    let first = hash.get(..2).unwrap_or_default();
    Path::from(match view {
        View::Whole => format!("blob/{first}/{hash}"),
        _ => format!("picture/{first}/{hash}-{}", view.name()),
    })
}

/// As text.
pub(crate) fn hex(hash: &[u8]) -> String {
    use std::fmt::Write;
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
