package io.parallax.standalone;

/**
 * The command line.
 *
 * @param fresh throw away what earlier runs kept
 * @param help only say what there is to say
 */
record Options(boolean fresh, boolean help) {
    static final String USAGE =
            """
            Parallax tells, exactly, how two tables differ.

            java -jar quarkus-run.jar [--fresh] [--help]

              --fresh             throw away what earlier runs kept, then start
              PARALLAX_DATA       where data is kept (default ~/.parallax)
              QUARKUS_HTTP_PORT   the port to serve on (default 8080)
            """;

    static Options of(String... arguments) {
        boolean fresh = false;
        boolean help = false;
        for (String argument : arguments) {
            switch (argument) {
                case "--fresh" -> fresh = true;
                case "--help", "-h" -> help = true;
                default -> throw new StartRefusedException(
                        "There is no option " + argument + "; there are --fresh and --help.");
            }
        }
        return new Options(fresh, help);
    }
}
