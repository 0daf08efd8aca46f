package io.parallax.api.commands;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
              secrets reseal            seals all secrets with the first of several sealing keys
              dead-letters list         records that could not be read
              dead-letters show N       what is in one
              dead-letters replay N     sends one to its topic again
              migrate                   brings the store's schema up to date

            Store, sealing keys and Kafka are found by the same environment variables as the service finds them by.""";

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
            Optional<Command> known = command(words);
            if (known.isPresent()) {
                known.get().run();
                return DONE;
            }
        } catch (CommandRefusedException e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (SQLException e) {
            err.println("The store says: " + e.getMessage());
            return FAILED;
        } catch (CommandFailedException e) {
            err.println(e.getMessage());
            return FAILED;
        }
        boolean asked = words.equals(List.of("help")) || words.equals(List.of("--help"));
        (asked ? out : err).println(USAGE);
        return asked ? DONE : MISUSED;
    }

    private Optional<Command> command(List<String> words) {
        String verb = String.join(" ", words.subList(0, Math.min(2, words.size())));
        return Optional.ofNullable(
                switch (words.size() + " " + verb) {
                    case "2 keys list" -> onStore(
                            store -> new KeyCommands(store).list().forEach(out::println));
                    case "4 keys create" -> onStore(
                            store -> out.println(new KeyCommands(store).create(words.get(2), words.get(3))));
                    case "3 keys revoke" -> onStore(store -> new KeyCommands(store).revoke(words.get(2)));
                    case "2 secrets reseal" -> onStore(
                            store -> out.println(new SealCommands(store, environment).reseal()));
                    case "2 dead-letters list" -> () -> letters().list().forEach(out::println);
                    case "3 dead-letters show" -> () -> out.println(letters().show(words.get(2)));
                    case "3 dead-letters replay" -> () -> letters().replay(words.get(2));
                    case "1 migrate" -> () -> out.println(new Migration(environment).run());
                    default -> null;
                });
    }

    private DeadLetterCommands letters() {
        return new DeadLetterCommands(environment);
    }

    private Command onStore(Work work) {
        return () -> {
            try (Connection store = StoreConnection.open(environment)) {
                work.on(store);
            }
        };
    }

    private interface Command {
        void run() throws SQLException;
    }

    private interface Work {
        void on(Connection store) throws SQLException;
    }
}
