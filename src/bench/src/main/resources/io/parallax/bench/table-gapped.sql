CREATE TABLE :table (
  id bigint NOT NULL,
  userid int NOT NULL,
  movieid int NOT NULL,
  rating numeric(2,1) NOT NULL,
  "timestamp" timestamp NOT NULL
)
