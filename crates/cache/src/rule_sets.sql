SELECT key, rev, local IS NOT NULL AS edited,
  json_extract(coalesce(local, base), '$.summary') AS summary,
  CASE WHEN json_valid(json_extract(local, '$.document'))
    THEN json_array_length(json_extract(local, '$.document'), '$.rules') END AS rules
FROM documents
WHERE store_id = ? AND entity = 'rule_set' AND coalesce(local, base) IS NOT NULL
ORDER BY key
