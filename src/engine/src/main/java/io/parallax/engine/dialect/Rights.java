package io.parallax.engine.dialect;

import io.parallax.engine.type.Access;
import java.util.List;

/** What to run where a login may not read what it has to. */
public interface Rights {
    /** For the use of the table's schema. */
    String ofSchema(Access access);

    /** For reading these columns of the table; none for all of it. */
    String ofColumns(List<String> columns, Access access);
}
