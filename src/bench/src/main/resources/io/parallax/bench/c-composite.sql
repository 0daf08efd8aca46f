-- C: all rows in the order of their key, as the driver gets them fastest.
COPY (SELECT * FROM :table ORDER BY customer, line) TO STDOUT (FORMAT binary)
