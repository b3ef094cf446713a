//! An import's run. The file is read and checked outside of the store's lock, kept, and applied a part
//! at a time, each part a write of its own, so that nobody waits for a long file. Every part stands or
//! does not, and says in the same transaction how far the import is: whoever goes on after a stop or a
//! crash does what is left, once. Only the last part makes it an import that is listed, can be undone
//! and is in the audit log.

use std::io::{Read, Write as _};
use std::time::Duration;

use api::catalog::{ImportFormat, ImportReport, ImportUnderWay};
use api::error::ErrorCode;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use commerce::Currency;
use commerce::catalog_file::{BYTES_MAX, Preview};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::import::{self, BATCH, Tally};
use crate::auth::new_id;
use crate::db::under_way::{self, UnderWay, Whole};
use crate::db::{Db, args, store};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::write::{Actor, Once, Write};

/// An import that was not moved on for this long has lost its worker.
const LEFT_ALONE_MS: i64 = 30_000;
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Told after each part: rows done, rows in all.
pub type Progress = Box<dyn Fn(i64, i64) + Send + Sync>;
type Answer = AppResult<(StatusCode, Json<ImportReport>)>;

/// A file to bring in, and who asks.
pub(crate) struct Asked {
    pub(crate) store_id: String,
    pub(crate) currency: Currency,
    pub(crate) actor: Actor,
    pub(crate) once: Option<Once>,
    pub(crate) file: Bytes,
    pub(crate) format: Option<ImportFormat>,
    pub(crate) publish: bool,
}

/// One import at work.
struct Job {
    store_id: String,
    import_id: String,
    actor: Actor,
    once: Option<Once>,
    preview: Preview,
    publish: bool,
}

enum Part {
    More(i64),
    All(Box<(StatusCode, Json<ImportReport>)>),
    /// Somebody else works on it, or has ended it.
    NotOurs,
}

/// Imports a file. It goes on where the caller goes away; the same request again waits for it.
pub(crate) async fn import(state: &AppState, asked: Asked, progress: Progress) -> Answer {
    let preview =
        import::read(asked.file.clone(), asked.format, asked.currency, asked.publish).await?;
    let file = packed(asked.file.clone()).await?;
    loop {
        let mut write =
            Write::begin(state, &asked.store_id, asked.actor.clone(), asked.once.clone()).await?;
        let standing: Option<UnderWay> =
            write.maybe(under_way::OF_STORE, args![&asked.store_id]).await?;
        let Some(other) = standing else {
            let import_id = new_id();
            keep(&mut write, &asked, &import_id, file, rows_of(&preview)).await?;
            write.commit().await?;
            let Asked { store_id, actor, once, publish, .. } = asked;
            let job = Job { store_id, import_id, actor, once, preview, publish };
            let state = state.clone();
            let work = tokio::spawn(async move { job.run(&state, &progress).await });
            return work.await.map_err(AppError::internal)?;
        };
        drop(write);
        let ours = other.actor_id == asked.actor.id
            && asked.once.as_ref().is_some_and(|once| other.once_key.as_ref() == Some(&once.key));
        if state.now_ms() - other.touched_at > LEFT_ALONE_MS {
            go_on_with(state, &other).await?;
        } else if ours {
            tokio::time::sleep(LOOK_AGAIN).await;
        } else {
            return Err(busy(&other));
        }
    }
}

/// How far the store's import is.
pub(crate) async fn under_way(db: &Db, store_id: &str) -> AppResult<Option<ImportUnderWay>> {
    let row: Option<UnderWay> = db.maybe(under_way::OF_STORE, args![store_id]).await?;
    Ok(row.map(|row| ImportUnderWay {
        id: row.import_id,
        at: api::Instant::from_ms(row.began_at),
        by: row.actor_name,
        rows: row.rows_total,
        done: row.rows_done,
    }))
}

fn busy(other: &UnderWay) -> AppError {
    let message = format!(
        "An import of {} is under way here: {} of {} rows. Wait for it, then import this file.",
        other.actor_name, other.rows_done, other.rows_total
    );
    AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "importing")
}

async fn keep(
    write: &mut Write,
    asked: &Asked,
    import_id: &str,
    file: String,
    rows: i64,
) -> AppResult<()> {
    let format = asked.format.map(|format| match format {
        ImportFormat::Souk => "souk",
        ImportFormat::Shopify => "shopify",
    });
    let once = asked.once.as_ref();
    let row = args![
        &asked.store_id,
        import_id,
        file,
        format,
        asked.publish,
        &asked.actor.id,
        &asked.actor.name,
        &asked.actor.role,
        once.map(|once| once.key.as_str()),
        once.map(|once| once.fingerprint.as_str()),
        rows,
        write.now_ms()
    ];
    write.run(under_way::BEGIN, row).await?;
    Ok(())
}

fn rows_of(preview: &Preview) -> i64 {
    i64::try_from(preview.rows.len()).unwrap_or(i64::MAX)
}

async fn packed(file: Bytes) -> AppResult<String> {
    let pack = move || -> std::io::Result<String> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&file)?;
        Ok(BASE64_STANDARD.encode(packed.finish()?))
    };
    let packing = tokio::task::spawn_blocking(pack);
    packing.await.map_err(AppError::internal)?.map_err(AppError::internal)
}

fn unpack(file: &str) -> Result<Vec<u8>, String> {
    let packed = BASE64_STANDARD.decode(file).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX);
    let read = GzDecoder::new(packed.as_slice()).take(limit).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    Ok(bytes)
}

impl Job {
    async fn run(&self, state: &AppState, progress: &Progress) -> Answer {
        let total = rows_of(&self.preview);
        loop {
            match self.part(state).await? {
                Part::More(done) => progress(done, total),
                Part::All(answer) => {
                    progress(total, total);
                    return Ok(*answer);
                }
                Part::NotOurs => {
                    let message =
                        "Another process goes on with this import. Look at the list of imports.";
                    return Err(AppError::refuse(ErrorCode::NotAllowedNow, message));
                }
            }
            if state.shared.stop.is_cancelled() {
                self.leave(state).await?;
                let message = "The service is stopping. What came in stays, and the import goes on when \
                    the service is back.";
                return Err(
                    AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", "importing")
                );
            }
            // whoever waited for the lock has it first
            tokio::task::yield_now().await;
        }
    }

    /// Lets whoever starts next go on at once.
    async fn leave(&self, state: &AppState) -> AppResult<()> {
        let mut tx = state.db().begin().await?;
        tx.run(under_way::LEAVE, args![&self.store_id, &self.import_id]).await?;
        Ok(tx.commit().await?)
    }

    /// The next part, and with the last one the end.
    async fn part(&self, state: &AppState) -> AppResult<Part> {
        let (store_id, id) = (self.store_id.as_str(), self.import_id.as_str());
        let mut write =
            Write::begin(state, store_id, self.actor.clone(), self.once.clone()).await?;
        let now: Option<UnderWay> = write.maybe(under_way::OF_STORE, args![store_id]).await?;
        let Some(now) = now.filter(|row| row.import_id == id) else { return Ok(Part::NotOurs) };
        let begin = usize::try_from(now.rows_done).map_err(AppError::internal)?;
        let end = self.preview.rows.len().min(begin + BATCH);
        let rows = self.preview.rows.get(begin..end).unwrap_or_default();
        let mut tally =
            Tally { created: now.created, updated: now.updated, unchanged: now.unchanged };
        import::apply(&mut write, id, rows, self.publish, &mut tally).await?;
        if end >= self.preview.rows.len() {
            let preview = &self.preview;
            let report = import::conclude(&mut write, id, preview, self.publish, tally).await?;
            write.run(under_way::END, args![store_id, id]).await?;
            let answer = write.finish(StatusCode::OK, report).await?;
            return Ok(Part::All(Box::new(answer)));
        }
        let done = i64::try_from(end).map_err(AppError::internal)?;
        let Tally { created, updated, unchanged } = tally;
        let at = write.now_ms();
        let row = args![store_id, id, now.rows_done, done, created, updated, unchanged, at];
        if write.run(under_way::ADVANCE, row).await? == 0 {
            return Ok(Part::NotOurs);
        }
        write.commit().await?;
        Ok(Part::More(done))
    }
}

/// Goes on with imports whose process ended in the middle.
pub(crate) async fn go_on(state: &AppState) -> AppResult<()> {
    let before = state.now_ms() - LEFT_ALONE_MS;
    let left: Vec<UnderWay> = state.db().all(under_way::LEFT_ALONE, args![before]).await?;
    for one in left {
        let state = state.clone();
        tokio::spawn(async move {
            if let Err(error) = go_on_with(&state, &one).await {
                tracing::warn!(?error, import = one.import_id, "an import could not go on");
            }
        });
    }
    Ok(())
}

/// Takes an import over and ends it, unless somebody else does.
async fn go_on_with(state: &AppState, left: &UnderWay) -> AppResult<()> {
    let (store_id, import_id) = (&left.store_id, &left.import_id);
    let mut tx = state.db().begin().await?;
    let claim = args![store_id, import_id, left.touched_at, state.now_ms()];
    let claimed = tx.run(under_way::TAKE_OVER, claim).await?;
    tx.commit().await?;
    if claimed == 0 {
        return Ok(());
    }
    let whole: Option<Whole> =
        state.db().maybe(under_way::WHOLE, args![store_id, import_id]).await?;
    let Some(whole) = whole else { return Ok(()) };
    let row: store::StoreRow = state.db().one(store::BY_ID, args![store_id]).await?;
    let currency = super::save::parse_currency(&row.currency)?;
    let format = whole.format.as_deref().map(|format| match format {
        "shopify" => ImportFormat::Shopify,
        _ => ImportFormat::Souk,
    });
    let file = whole.file;
    let unpacking = tokio::task::spawn_blocking(move || unpack(&file));
    let file = unpacking.await.map_err(AppError::internal)?.map_err(AppError::internal)?;
    let job = Job {
        store_id: store_id.clone(),
        import_id: import_id.clone(),
        actor: Actor { id: whole.actor_id, name: whole.actor_name, role: whole.actor_role },
        once: whole
            .once_key
            .zip(whole.fingerprint)
            .map(|(key, fingerprint)| Once { key, fingerprint }),
        preview: import::read(file.into(), format, currency, whole.publish).await?,
        publish: whole.publish,
    };
    tracing::info!(import = left.import_id, done = left.rows_done, "an import goes on");
    let ended = job.run(state, &(Box::new(|_, _| ()) as Progress)).await;
    ended.map(drop)
}
