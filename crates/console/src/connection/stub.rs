use super::*;
use crate::progress::OnProgress;
use crate::{Answer, Console, failure};
use std::path::Path;
pub async fn state(_c: &Console) -> Answer<ConnectionState> { Err(failure::not_connected()) }
pub async fn connect_hosted(_c: &Console, _a: &str, _s: api::staff::SignIn) -> Answer<ConnectionState> { Err(failure::not_connected()) }
pub async fn start_local(_c: &Console, _s: LocalSetup) -> Answer<ConnectionState> { Err(failure::not_connected()) }
pub async fn start_sample(_c: &Console, _p: OnProgress) -> Answer<ConnectionState> { Err(failure::not_connected()) }
pub async fn sign_out(_c: &Console, _f: bool) -> Answer<SignOutOutcome> { Err(failure::not_connected()) }
pub async fn known(_c: &Console) -> Answer<Vec<KnownStore>> { Err(failure::not_connected()) }
pub async fn forget(_c: &Console, _id: &str) -> Answer<()> { Err(failure::not_connected()) }
pub async fn reopen(_c: &Console, _id: &str) -> Answer<ConnectionState> { Err(failure::not_connected()) }
pub async fn resume_last(_c: &Console) { }
pub async fn sync_now(_c: &Console) -> Answer<SyncStatus> { Err(failure::not_connected()) }
pub async fn waiting_edits(_c: &Console) -> Answer<Vec<WaitingEdit>> { Err(failure::not_connected()) }
pub async fn conflicts(_c: &Console) -> Answer<Vec<WaitingConflict>> { Err(failure::not_connected()) }
pub async fn export_waiting(_c: &Console, _p: &Path) -> Answer<()> { Err(failure::not_connected()) }
pub async fn import_waiting(_c: &Console, _p: &Path) -> Answer<i64> { Err(failure::not_connected()) }
