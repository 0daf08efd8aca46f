package io.parallax.api.requests;

import io.parallax.api.problems.Faults;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;

/**
 * Which page of a list is asked for.
 *
 * @param page from 1
 * @param pageSize entries per page
 */
public record Paging(int page, int pageSize) {
    public static final int MAX_PAGE = 1_000_000;
    public static final int MAX_PAGE_SIZE = 1_000;
    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final Set<String> KNOWN = Set.of("page", "page_size");

    /**
     * The page that these query parameters ask for.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when they are wrong, or others than these two
     */
    public static Paging of(MultivaluedMap<String, String> query) {
        Faults faults = new Faults();
        Paging paging = of(new QueryParameters(query, KNOWN, faults));
        faults.refuse();
        return paging;
    }

    /** The page that these parameters ask for, among others; what is wrong with it is noted. */
    public static Paging of(QueryParameters parameters) {
        return new Paging(
                parameters.number("page", 1, MAX_PAGE),
                parameters.number("page_size", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE));
    }

    public int offset() {
        return Math.multiplyExact(page - 1, pageSize);
    }

    /** How many pages this many entries fill. */
    public long pages(long count) {
        return (count + pageSize - 1) / pageSize;
    }
}
