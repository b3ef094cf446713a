SELECT count(*) FROM documents INDEXED BY documents_lists
WHERE store_id = ?1 AND entity = 'product'
  AND (?2 = '' OR state = ?2)
  AND (?3 = '' OR category = ?3 OR (category >= ?4 AND category < ?5))
  AND (?6 = '%%' OR search LIKE ?6 ESCAPE '\')
