package io.parallax.bench;

/** How to reach a PostgreSQL database. */
record Address(String host, int port, String database, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
