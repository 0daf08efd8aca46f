package io.parallax.api.datadiffs.request;

import java.util.List;
import java.util.stream.Stream;

/** All that must hold between the fields of a request, in the order in which clients are told of it. */
final class Rules {
    static final List<Rule> ALL = Stream.of(
                    DatasetRules.ALL,
                    TimeRules.ALL,
                    EqualityFieldRules.ALL,
                    ExtentRules.ALL,
                    HintRules.ALL,
                    WorkspaceRules.ALL,
                    RefusedFields.ALL)
            .flatMap(List::stream)
            .toList();

    private Rules() {}
}
