INSERT INTO documents (store_id, entity, key, rev, base, local, state, category, search)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (store_id, entity, key) DO UPDATE SET
  rev = excluded.rev, base = excluded.base, local = excluded.local,
  state = excluded.state, category = excluded.category, search = excluded.search
