package io.parallax.api.commands;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Understands a command line; what it is about comes from the service's environment. */
public final class Commands {
    /** It was done. */
    public static final int DONE = 0;

    /** It could not be done. */
    public static final int FAILED = 1;

    /** Nobody understands it. */
    public static final int MISUSED = 2;

    private static final String USAGE =
            """
            Without arguments the API service serves. With them it does one thing, and ends:

              keys list                 all API keys, without the keys themselves
              keys create NAME ROLE     a new one, with the role admin, write or read; printed this once
              keys revoke ID            ends one for good

            The store is found by PARALLAX_STORE_HOST, _PORT, _DATABASE, _USER and _PASSWORD, as the service finds it.""";

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    public Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Does what these words say; the exit code. */
    public int run(List<String> words) {
        try {
            if (words.size() == 2 && words.subList(0, 2).equals(List.of("keys", "list"))) {
                return onStore(store -> new KeyCommands(store).list().forEach(out::println));
            }
            if (words.size() == 4 && words.subList(0, 2).equals(List.of("keys", "create"))) {
                return onStore(store -> out.println(new KeyCommands(store).create(words.get(2), words.get(3))));
            }
            if (words.size() == 3 && words.subList(0, 2).equals(List.of("keys", "revoke"))) {
                return onStore(store -> new KeyCommands(store).revoke(words.get(2)));
            }
        } catch (CommandRefusedException e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (SQLException e) {
            err.println("The store says: " + e.getMessage());
            return FAILED;
        }
        boolean asked = words.equals(List.of("help")) || words.equals(List.of("--help"));
        (asked ? out : err).println(USAGE);
        return asked ? DONE : MISUSED;
    }

    private int onStore(Work work) throws SQLException {
        try (Connection store = StoreConnection.open(environment)) {
            work.on(store);
            return DONE;
        }
    }

    private interface Work {
        void on(Connection store) throws SQLException;
    }
}
