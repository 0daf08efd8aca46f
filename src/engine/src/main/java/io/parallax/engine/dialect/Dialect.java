package io.parallax.engine.dialect;

import io.parallax.contract.Dataset;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of database: how to reach it, what it tells of itself and how it says what a comparison needs. It expresses, and
 * never decides what is equal. Without a state; found by {@link java.util.ServiceLoader}.
 */
public interface Dialect {
    /** By which plans name it, for ever. */
    String id();

    /** By which people know it. */
    String name();

    /** The types of data sources that it speaks to, the usual one first. */
    List<String> sourceTypes();

    /** Opens sessions on sources of its types. */
    Sessions sessions(ConnectionSettings settings);

    /** What is to be locked of a dataset before it is described and read; nothing of one that cannot be. */
    Locking locking(Dataset dataset);

    /**
     * The same of one that is described.
     *
     * @param from what stands after FROM
     * @param filter what stands after WHERE; null for nothing
     */
    Locking locking(String from, @Nullable String filter);

    /** What one of its servers tells of itself. */
    Catalog catalog(Session session);

    /** How it writes words and values. */
    Expressions expressions();

    /** How its values come into the form in which they are compared. */
    Values values();

    /** What to run where rights are missing. */
    Rights rights();

    /** How it tells the times of rows. */
    Times times();

    /** What it knows about cutting work. */
    Cutting cutting();

    /** How it reaches many short ranges of keys; empty where that is not cheap. */
    Optional<ShortRanges> shortRanges();

    /** How it makes tables; empty where it makes none. */
    Optional<Writing> writing();

    /** How it hashes rows and keys. */
    Fingerprints fingerprints();

    /** By what it proves itself on a live server. */
    Probes probes();
}
