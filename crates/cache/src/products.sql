SELECT d.key, d.rev, coalesce(d.local, d.base) AS doc, d.local IS NOT NULL AS edited
FROM documents d
WHERE d.store_id = ?1 AND d.entity = 'product' AND d.key IN (
  SELECT key FROM documents INDEXED BY documents_lists
  WHERE store_id = ?1 AND entity = 'product' AND key > ?2
    AND (?3 = '' OR state = ?3)
    AND (?4 = '' OR category = ?4 OR (category >= ?5 AND category < ?6))
    AND (?7 = '%%' OR search LIKE ?7 ESCAPE '\')
  ORDER BY key LIMIT ?8
)
ORDER BY d.key
