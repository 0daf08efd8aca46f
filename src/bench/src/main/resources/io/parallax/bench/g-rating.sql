-- G: the sound row hash, grouped per 1000 rows. :table is scanned once.
SELECT id / 1000,
       count(*),
       sum(
         hashfloat8extended(date_part('epoch', "timestamp"),
         hash_numeric_extended(rating,
         hashint4extended(movieid,
         hashint4extended(userid,
         hashint8extended(id,
         4207849484 # id)))
         # CASE WHEN rating < 0 THEN 5596721399182424116 ELSE 0 END)))
FROM :table
GROUP BY 1
