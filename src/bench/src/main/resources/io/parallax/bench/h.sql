-- H: the sound row hash, ungrouped. :table is scanned once.
SELECT count(*),
       sum(hash_record_extended(row(record_send(row(id, userid, movieid, rating, "timestamp"))), 0))
FROM :table
