CREATE TABLE :table (
  customer text NOT NULL,
  line int NOT NULL,
  userid int NOT NULL,
  movieid int NOT NULL,
  rating numeric(2,1) NOT NULL,
  "timestamp" timestamp NOT NULL
)
