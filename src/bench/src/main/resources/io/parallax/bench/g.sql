-- G: the sound row hash, grouped per 1000 rows. :table is scanned once.
SELECT id / 1000,
       count(*),
       sum(hash_record_extended(row(record_send(row(id, userid, movieid, rating, "timestamp"))), 0))
FROM :table
GROUP BY 1
