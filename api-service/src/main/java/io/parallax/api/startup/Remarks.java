package io.parallax.api.startup;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What is looked at again and again, and said once until it changes. */
final class Remarks {
    private final Map<String, Set<String>> said = new HashMap<>();
    private final Consumer<String> log;

    Remarks(Consumer<String> log) {
        this.log = log;
    }

    /** All that there is to be said about something now. */
    void say(String about, Collection<String> remarks) {
        Set<String> now = new LinkedHashSet<>(remarks);
        Set<String> before = said.put(about, now);
        now.stream()
                .filter(remark -> before == null || !before.contains(remark))
                .forEach(log);
    }
}
