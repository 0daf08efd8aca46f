package io.parallax.text;

import io.parallax.contract.message.Target;
import java.util.List;

/** What is to be known of a kind of database where there is no driver and no server: in words and SQL that somebody else will read. */
public interface TextDialect {
    /** By which plans name it; the same as the engine's dialect has. */
    String id();

    /** By which people know it. */
    String name();

    /** The types of its data sources, the usual one first. */
    List<SourceType> sourceTypes();

    /** Whether a database of this encoding has all characters of a text; none but ASCII's where that is not known. */
    boolean encodes(String encoding, String text);

    /**
     * The script that makes a target's rows equal to the other side's.
     *
     * @param key the names of the key's columns, as differing rows have them
     * @param compared likewise of the compared columns
     */
    RepairScript repair(Target target, List<String> key, List<String> compared);
}
