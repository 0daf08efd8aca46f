package io.parallax.endtoend.chaos;

/** What can happen to a part of an installation. */
enum Harm {
    /** Its processes end without a goodbye; others are started when it heals. */
    KILL,
    /** Its processes stand still, and go on when it heals. */
    FREEZE,
    /** It is told to end; it is started again when it heals. */
    RESTART,
    /** Connections through it are reset and new ones refused. */
    CUT,
    /** Bytes wait, and none is lost. */
    STALL,
    /** One end hears that the connection is gone; the other one hears nothing until it heals. */
    HALF_OPEN,
    /** Records come that nobody can use, and stay. */
    HOSTILE
}
