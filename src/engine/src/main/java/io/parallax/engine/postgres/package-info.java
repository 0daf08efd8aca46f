/** How PostgreSQL is spoken to: the SQL that decides Equality, hashes rows and reads the catalog. */
@NullMarked
package io.parallax.engine.postgres;

import org.jspecify.annotations.NullMarked;
