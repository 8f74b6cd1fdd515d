//! Files, named by the SHA-256 of their content, in a folder.
//!
//! A file is written beside its place, synced, and renamed: it is there whole or not at all.

use crate::db::Result;
use motcua_model::id::FileHash;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// The folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    root: Arc<PathBuf>,
    next: Arc<AtomicU64>,
}

/// A file that is being received; dropped before [`Incoming::keep`], it leaves nothing behind at the next start.
#[derive(Debug)]
pub struct Incoming {
    files: Files,
    path: PathBuf,
    file: fs::File,
    hash: Sha256,
    size: u64,
}

impl Files {
    /// Opens the folder and removes what an earlier run left half received.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub async fn open(root: &Path) -> Result<Self> {
        let incoming = root.join("incoming");
        if fs::try_exists(&incoming).await? {
            fs::remove_dir_all(&incoming).await?;
        }
        fs::create_dir_all(&incoming).await?;
        Ok(Self {
            root: Arc::new(root.to_owned()),
            next: Arc::new(AtomicU64::new(0)),
        })
    }

    fn place(&self, hash: FileHash) -> PathBuf {
        let name = hash.to_string();
        self.root.join(&name[..2]).join(name)
    }

    /// Begins to receive a file.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn begin(&self) -> Result<Incoming> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.root.join("incoming").join(format!("{}-{number}", std::process::id()));
        let file = fs::File::create(&path).await?;
        Ok(Incoming {
            files: self.clone(),
            path,
            file,
            hash: Sha256::new(),
            size: 0,
        })
    }

    /// Keeps bytes that are all there already.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn put(&self, bytes: &[u8]) -> Result<(FileHash, u64)> {
        let mut incoming = self.begin().await?;
        incoming.write(bytes).await?;
        incoming.keep().await
    }

    /// Reads a file whole.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn read(&self, hash: FileHash) -> Result<Vec<u8>> {
        Ok(fs::read(self.place(hash)).await?)
    }

    /// Opens a file to be streamed.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn stream(&self, hash: FileHash) -> Result<fs::File> {
        Ok(fs::File::open(self.place(hash)).await?)
    }

    /// Whether the file is there with the content that its name promises.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub async fn holds(&self, hash: FileHash) -> Result<bool> {
        match fs::read(self.place(hash)).await {
            Ok(bytes) => Ok(FileHash(Sha256::digest(&bytes).into()) == hash),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e.into()),
        }
    }
}

impl Incoming {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        Ok(self.file.write_all(bytes).await?)
    }

    /// What came so far.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub async fn bytes(&mut self) -> Result<Vec<u8>> {
        self.file.flush().await?;
        Ok(fs::read(&self.path).await?)
    }

    /// How many bytes came so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Puts the file in its place, durably; a file that is there already is not written again.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn keep(self) -> Result<(FileHash, u64)> {
        let hash = FileHash(self.hash.finalize().into());
        let place = self.files.place(hash);
        if fs::try_exists(&place).await? {
            fs::remove_file(&self.path).await?;
            return Ok((hash, self.size));
        }
        self.file.sync_all().await?;
        let folder = place.parent().unwrap_or(&self.files.root).to_owned();
        fs::create_dir_all(&folder).await?;
        fs::rename(&self.path, &place).await?;
        // The name itself must survive a power cut too.
        fs::File::open(&folder).await?.sync_all().await?;
        Ok((hash, self.size))
    }

    /// Throws away what came.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn discard(self) -> Result<()> {
        Ok(fs::remove_file(&self.path).await?)
    }
}
