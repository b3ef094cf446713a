//! The audit chain as stored: the canonical entry and its hash. Append only.

use super::statements;

statements! {
    APPEND = "INSERT INTO audit (store_id, seq, entry, what, hash) VALUES ($1, $2, $3, $4, $5)";
    AFTER = "SELECT seq, entry, hash FROM audit WHERE store_id = $1 AND seq > $2 \
        ORDER BY seq LIMIT $3";
    BEFORE = "SELECT seq, entry, hash FROM audit WHERE store_id = $1 AND seq < $2 \
        ORDER BY seq DESC LIMIT $3";
    COUNT = "SELECT COUNT(*) FROM audit WHERE store_id = $1";
}
