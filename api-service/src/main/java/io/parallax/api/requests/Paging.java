package io.parallax.api.requests;

import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private static final Pattern SHORT_WHOLE = Pattern.compile("[0-9]{1,9}");

    /**
     * The page that these query parameters ask for.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when they are wrong, or others than these two
     */
    public static Paging of(MultivaluedMap<String, String> query) {
        Faults faults = new Faults();
        query.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> faults.add(
                        new Fault(List.of("query", name), "This parameter is not supported yet.", "unsupported")));
        int page = number(query.getFirst("page"), "page", 1, MAX_PAGE, faults);
        int pageSize = number(query.getFirst("page_size"), "page_size", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, faults);
        faults.refuse();
        return new Paging(page, pageSize);
    }

    private static int number(@Nullable String text, String name, int otherwise, int most, Faults faults) {
        if (text == null) {
            return otherwise;
        }
        int number = SHORT_WHOLE.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            faults.add(new Fault(
                    List.of("query", name), "Must be a whole number between 1 and " + most + ".", "out_of_range"));
            return otherwise;
        }
        return number;
    }

    public int offset() {
        return Math.multiplyExact(page - 1, pageSize);
    }

    /** How many pages this many entries fill. */
    public long pages(long count) {
        return (count + pageSize - 1) / pageSize;
    }
}
