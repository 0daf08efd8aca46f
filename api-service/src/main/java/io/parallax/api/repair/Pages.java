package io.parallax.api.repair;

import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts rows into pages: at most so many, and not many bytes at a time. */
final class Pages {
    private static final int MOST_ROWS = 200;
    private static final long MOST_BYTES = 1 << 20;

    private Pages() {}

    /** Of the numbers and sizes of rows, both null for none. */
    static List<Long[]> of(Row row) {
        Long[] ids = row.getArrayOfLongs("ids");
        Integer[] sizes = row.getArrayOfIntegers("sizes");
        return ids == null || sizes == null ? List.of() : of(ids, sizes);
    }

    /** A row that is larger has a page of its own. */
    static List<Long[]> of(Long[] ids, Integer[] sizes) {
        List<Long[]> pages = new ArrayList<>();
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i > begin && (i - begin == MOST_ROWS || bytes + sizes[i] > MOST_BYTES)) {
                pages.add(Arrays.copyOfRange(ids, begin, i));
                begin = i;
                bytes = 0;
            }
            bytes += sizes[i];
        }
        if (begin < ids.length) {
            pages.add(Arrays.copyOfRange(ids, begin, ids.length));
        }
        return pages;
    }
}
