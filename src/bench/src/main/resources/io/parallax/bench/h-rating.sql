-- H: the sound row hash, ungrouped. :table is scanned once.
SELECT count(*),
       sum(
         hashfloat8extended(date_part('epoch', "timestamp"),
         hash_numeric_extended(rating,
         hashint4extended(movieid,
         hashint4extended(userid,
         hashint8extended(id,
         4207849484 # id)))
         # CASE WHEN rating < 0 THEN 5596721399182424116 ELSE 0 END)))
FROM :table
