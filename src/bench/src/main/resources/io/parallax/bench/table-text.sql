CREATE TABLE :table (
  code text NOT NULL,
  userid int NOT NULL,
  movieid int NOT NULL,
  rating numeric(2,1) NOT NULL,
  "timestamp" timestamp NOT NULL
)
