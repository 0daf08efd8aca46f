package io.parallax.engine.compare.rows;

import io.parallax.engine.row.Row;
import io.parallax.engine.task.Side;

/** Takes the rows that a task finds to differ, each as it is sent. */
public interface RowTaker {
    /** Takes none. */
    RowTaker NONE = new RowTaker() {
        @Override
        public void exclusive(Side side, Row row) {}

        @Override
        public void differing(Row a, Row b, boolean[] differs) {}
    };

    /** The first row of a key that only one side has. */
    void exclusive(Side side, Row row);

    /** Two rows of one key; {@code true} for each value that differs. */
    void differing(Row a, Row b, boolean[] differs);
}
