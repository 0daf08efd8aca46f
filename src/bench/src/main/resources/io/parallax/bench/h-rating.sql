-- H: the sound row hash that the engine has for these columns, ungrouped. :table is scanned once.
SELECT count(*),
       sum(hashint8extended(
         "id"::int8,
         timestamp_hash_extended(
           ("timestamp")::timestamp,
           timestamp_hash_extended(
             case when ("timestamp")::timestamp >= '2000-01-01'::timestamp
             then date_bin('01:11:34.967296'::interval, ("timestamp")::timestamp, '2000-01-01'::timestamp)
             else date_bin('01:11:34.967296'::interval, ("timestamp")::timestamp + '80063993:22:31.711744'::interval,
                           '2000-01-01'::timestamp + '00:35:47.483648'::interval) end,
             hashint4extended(
               "movieid"::int4,
               hashint4extended(
                 "userid"::int4,
                 hash_numeric_extended(
                   "rating"::numeric,
                   '3703370420611038912'::int8 # case when "rating"::numeric < 0
                   then '487617019471545679'::int8 else '-2152535657050944081'::int8 end))))) # "id"::int8))
FROM :table
