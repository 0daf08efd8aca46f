package io.parallax.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;

/** The program: both services and all they need. */
@QuarkusMain(name = "standalone")
public final class Main {
    private static final int USAGE = 2;

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        try {
            Options options = Options.of(arguments);
            if (options.help()) {
                System.out.print(Options.USAGE);
                return 0;
            }
            if (options.version()) {
                System.out.println(Options.versionText());
                return 0;
            }
            return new Standalone(System.getenv()).run(options);
        } catch (StartRefusedException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }
}
