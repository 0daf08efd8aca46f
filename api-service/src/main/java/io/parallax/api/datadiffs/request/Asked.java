package io.parallax.api.datadiffs.request;

import io.parallax.api.requests.FieldReader;

/**
 * A request as {@link Rule}s see it.
 *
 * @param given its fields as they came, sound or not
 * @param request what of them is sound; null, false or 0 where they are not
 */
record Asked(FieldReader given, DiffRequest request) {
    /** True when the field says something: it is there, and not null, false or empty. */
    boolean isSet(String field) {
        return given.isSet(field);
    }

    /** True when the field is there and not null. */
    boolean isGiven(String field) {
        return given.isGiven(field);
    }

    /** Whether it is a diff as we showed it: some of its fields say what became of it then. */
    boolean isAnswer() {
        return given.isGiven("id");
    }

    void fault(String field, String msg, String type) {
        given.fault(field, msg, type);
    }

    void conflict(String field, String msg) {
        fault(field, msg, "conflict");
    }

    void missing(String field, String msg) {
        fault(field, msg, "missing");
    }
}
