package io.parallax.engine.dialect;

import io.parallax.engine.session.Session;
import java.util.List;

/**
 * By what a dialect proves itself on a live server: values of every family that columns may be of, extremes and what is easily
 * taken for something else among them. A family without any is not compared.
 */
public interface Probes {
    /** The column that numbers the rows of {@link #table}, from 0 on. */
    String ROW = "n";

    /** Those of a session's server; it is not asked anything. */
    List<Probe> of(Session session);

    /**
     * What stands after FROM for a table with a column for each probe and {@link #ROW}.
     *
     * @param rows how many; where a probe has fewer values, NULLs follow
     */
    String table(List<Probe> probes, int rows);
}
