//! Categories with live products.

use api::catalog::Category;
use axum::Json;
use axum::extract::{Path, State};

use crate::error::AppResult;
use crate::state::AppState;

/// Every level of every category that has a live product in it or under it, by path.
#[utoipa::path(
    get, operation_id = "list_shop_categories",
    path = "/v1/shops/{store}/categories", tag = "shop",
    params(("store" = String, Path, description = "the store's slug")),
    responses((status = 200, body = Vec<Category>), (status = 404, body = api::ErrorBody))
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Path(store): Path<String>,
) -> AppResult<Json<Vec<Category>>> {
    let shelf = state.shared.shelves.of(&state, &store).await?;
    let listed = shelf.categories.iter().map(|one| Category {
        path: one.path.clone(),
        name: one.name.clone(),
        products: one.products,
    });
    Ok(Json(listed.collect()))
}
