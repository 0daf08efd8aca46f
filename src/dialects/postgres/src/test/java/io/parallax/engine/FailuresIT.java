package io.parallax.engine;

import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What failures say: the side, what is missing, and where in a user's SQL it is. */
class FailuresIT {
    private static final Cancellation NEVER = new Cancellation();
    private static final String EVERY = "select 1 as id, 'x' as v";

    @BeforeAll
    static void tables() {
        TestServer.run(
                "create role failing_reader login",
                "create schema shop",
                "create schema \"Shop\"",
                "create table shop.orders (id int primary key, secret text, v text)",
                "insert into shop.orders select g, 's', 'v' from generate_series(1, 1000) g",
                "create table \"Shop\".\"Orders\" (id int)",
                "create table shop.hidden (id int primary key, v text)",
                "create schema vault",
                "create table vault.gold (id int primary key, v text)",
                "grant select on vault.gold to failing_reader",
                "grant usage on schema shop to failing_reader",
                "grant select (id, v) on shop.orders to failing_reader",
                "analyze shop.orders");
    }

    private static SourceDetails reader() {
        return new SourceDetails("pg", TestServer.options().put("user", "failing_reader"));
    }

    private static Dataset orders(String filter) {
        return new Dataset(List.of("shop", "orders"), null, filter);
    }

    private static DiffSpec spec(Dataset a, Dataset b) {
        return new DiffSpec(a, b, List.of("id"), List.of("v"), List.of());
    }

    private static void assertFails(ThrowingCallable work, ErrorType type, String... words) {
        assertThatThrownBy(work).isInstanceOfSatisfying(DiffFailedException.class, e -> {
            assertThat(e.failure().type()).as(e.failure().message()).isEqualTo(type);
            assertThat(e.failure().message()).contains(words);
            assertThat(e.failure().message().split("Side [AB]:", -1)).hasSizeLessThanOrEqualTo(2);
        });
    }

    private static void assertFails(SourceDetails source, DiffSpec spec, ErrorType type, String... words) {
        assertFails(() -> Diffing.diff(Diffing.DEFAULT, spec, source, source), type, words);
    }

    static Stream<Arguments> positions() {
        return Stream.of(
                arguments(query("select id form t"), "line 1, column 16 of the query: t."),
                arguments(
                        query("\n\n  select 'é😀' as id,\n  v_x as v from shop.orders"),
                        "line 4, column 3 of the query: v_x as v from shop.orders."),
                arguments(query("select 1 as id, 'x'::int as v"), "line 1, column 17 of the query: 'x'::int as v."),
                arguments(query("select id, v from shop.orders where"), "line 1, column 36 of the query, its end."),
                arguments(orders("v = 'v' and\n idd = 3"), "line 2, column 2 of the filter: idd = 3."),
                arguments(orders("v = 'v' and and true"), "line 1, column 13 of the filter: and true."),
                arguments(new Dataset(null, EVERY, "v = nowhere"), "line 1, column 5 of the filter: nowhere."),
                arguments(
                        query("select id, v from shop.orders order by no_such(id)"),
                        "line 1, column 40 of the query: no_such(id)."));
    }

    @ParameterizedTest
    @MethodSource
    void positions(Dataset dataset, String position) {
        assertThatThrownBy(() -> Diffing.diff(Diffing.DEFAULT, spec(query(EVERY), dataset)))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("Side B: The database says: ")
                .hasMessageContaining("That is at " + position);
        assertThatThrownBy(() -> Diffing.diff(Diffing.DEFAULT, spec(dataset, query(EVERY))))
                .hasMessageContaining("Side A: The database says: ")
                .hasMessageContaining("That is at " + position);
    }

    @Test
    void saysWhereInAQueryWithParameters() {
        SourceQuestion.Query asked = new SourceQuestion.Query(
                "select :number as n,\n :number + v_x as v", 10, Map.of("number", IntNode.valueOf(123456)));
        assertFails(
                () -> Diffing.DEFAULT.answer(asked, TestServer.source(), new Cancellation()),
                ErrorType.NO_SUCH_COLUMN,
                "That is at line 2, column 12 of the query: v_x as v.");
    }

    static Stream<Arguments> denials() {
        String column = "The login failing_reader may not read secret of shop.orders;"
                + " GRANT SELECT (secret) ON \"shop\".\"orders\" TO \"failing_reader\".";
        return Stream.of(
                arguments(query("select id, secret as v from shop.orders"), column),
                arguments(query("select id, (o).v from (select * from shop.orders) o"), column),
                arguments(orders("secret = 's'"), column),
                arguments(
                        new Dataset(null, "select id, v from shop.orders", "exists (select secret from shop.orders)"),
                        column),
                arguments(
                        query("select id, v from shop.hidden"),
                        "The login failing_reader may not read shop.hidden;"
                                + " GRANT SELECT ON \"shop\".\"hidden\" TO \"failing_reader\"."),
                arguments(
                        orders("id in (select id from shop.hidden)"),
                        "The login failing_reader may not read shop.hidden;"
                                + " GRANT SELECT ON \"shop\".\"hidden\" TO \"failing_reader\"."),
                arguments(
                        query("select id, v from vault.gold"),
                        "The login failing_reader may not use the schema vault;"
                                + " GRANT USAGE ON SCHEMA \"vault\" TO \"failing_reader\"."),
                arguments(
                        new Dataset(List.of("vault", "gold"), null, "id > 3"),
                        "The login failing_reader may not use the schema vault;"
                                + " GRANT USAGE ON SCHEMA \"vault\" TO \"failing_reader\"."));
    }

    @ParameterizedTest
    @MethodSource
    void denials(Dataset dataset, String sentence) {
        assertFails(reader(), spec(query(EVERY), dataset), ErrorType.QUERY_ERROR, "Side B: ", sentence);
    }

    static Stream<Arguments> paths() {
        return Stream.of(
                arguments(List.of("shop.orders"), "; there is [\"shop\",\"orders\"]"),
                arguments(List.of("postgres.shop.orders"), "; there is [\"shop\",\"orders\"]"),
                arguments(List.of("postgres", "shop.orders"), "; there is [\"shop\",\"orders\"]"),
                arguments(List.of("\"shop\".\"orders\""), "; there is [\"shop\",\"orders\"]"),
                arguments(List.of("orders"), "; there is [\"shop\",\"orders\"], [\"Shop\",\"Orders\"]"),
                arguments(List.of("shop", "ORDERS"), "; there is [\"shop\",\"orders\"], [\"Shop\",\"Orders\"]"),
                arguments(List.of("SHOP", "orders"), "; there is [\"shop\",\"orders\"], [\"Shop\",\"Orders\"]"),
                arguments(List.of("shop", "no_such_table"), "There is no table or view shop.no_such_table."));
    }

    @ParameterizedTest
    @MethodSource
    void paths(List<String> path, String suggestion) {
        assertFails(
                TestServer.source(),
                spec(new Dataset(path, null, null), query(EVERY)),
                ErrorType.NO_SUCH_TABLE,
                "Side A: There is no table or view " + String.join(".", path),
                suggestion);
    }

    @Test
    void suggestsTablesToQueries() {
        assertFails(
                TestServer.source(),
                spec(query("select id, v from orders"), query(EVERY)),
                ErrorType.NO_SUCH_TABLE,
                "There is \"Shop\".\"Orders\", \"shop\".\"orders\".");
    }

    @ParameterizedTest
    @EnumSource(Sizing.Approach.class)
    void namesTheSideOfATaskThatFails(Sizing.Approach approach) {
        // Fails while rows are read, whichever task has them; never while it is planned.
        Dataset failing = orders("1 / (id - 777) < 5");
        Sizing sizing = new Sizing(0, 100, 10, 20, 3, 100, 100, approach);
        DiffEngine engine = Diffing.engine(sizing);
        assertFails(() -> Diffing.diff(engine, spec(orders(null), failing)), ErrorType.QUERY_ERROR, "Side B: ", "zero");
        assertFails(() -> Diffing.diff(engine, spec(failing, orders(null))), ErrorType.QUERY_ERROR, "Side A: ", "zero");
    }

    /** Whatever state a function of theirs names. */
    @ParameterizedTest
    @ValueSource(strings = {"P0002", "P0004", "HV000", "F0000", "ABCDE", "23514"})
    void takesErrorsOfUsersFunctionsForTheirs(String state) {
        TestServer.run("create or replace function shop.fails() returns int language plpgsql as"
                + " $$begin raise exception using errcode = '" + state + "', message = 'as they say'; end$$");
        assertFails(
                TestServer.source(),
                spec(query(EVERY), new Dataset(null, EVERY, "shop.fails() = 1")),
                ErrorType.QUERY_ERROR,
                "Side B: ",
                "as they say");
    }

    /** A login's limit for its transactions is none for those that keep snapshots. */
    @Test
    void outlivesTheLimitOfALogin() {
        TestServer.run(
                "drop role if exists failing_hasty",
                "create role failing_hasty login",
                "alter role failing_hasty set transaction_timeout = '500ms'");
        SourceDetails hasty = new SourceDetails("pg", TestServer.options().put("user", "failing_hasty"));
        DiffSpec slow = spec(query(EVERY), query("select 1 as id, 'x' as v from pg_sleep(1)"));
        assertThat(Diffing.diff(Diffing.DEFAULT, slow, hasty, hasty).tally().rowsWithDifferences())
                .isZero();
    }

    @Test
    void namesTheSideOfAKeySearchThatFails() {
        DiffSpec search = DiffSpec.draft(
                        query("select 1 / (g - 3) as id, 'x' as v from generate_series(1, 5) g"),
                        query(EVERY),
                        List.of(),
                        List.of(),
                        List.of())
                .keySearch(new io.parallax.contract.KeySearch(List.of(), List.of()))
                .spec();
        assertFails(() -> Diffing.diff(Diffing.DEFAULT, search), ErrorType.QUERY_ERROR, "Side A: ");
    }

    @Test
    void namesTheDestination() {
        Workspace workspace =
                new Workspace("parallax_0123456789abcdef_", null, null, new Workspace.Results("no_such", true));
        DiffSpec writing = DiffSpec.draft(table("pg_class"), table("pg_class"), List.of("oid"), List.of(), List.of())
                .workspace(workspace)
                .spec();
        Dataset shop = orders(null);
        Databases databases = new Databases(TestServer.source(), TestServer.source(), reader());
        assertFails(
                () -> Diffing.DEFAULT.plan(
                        writing.of(shop, shop).keyedBy(List.of("id")),
                        databases,
                        null,
                        workspace.temporary(1, 1),
                        new Cancellation()),
                ErrorType.QUERY_ERROR,
                "Destination: ",
                "temp_schema");
    }

    static Stream<Consumer<ObjectNode>> newerPlans() {
        return Stream.of(
                common -> common.put("hashing", "BLAKE9"),
                common -> link(common, "a", "key"),
                common -> link(common, "b", "values"));
    }

    private static void link(ObjectNode common, String side, String columns) {
        ((ObjectNode) common.at("/" + side + "/" + columns + "/0/hashed")).put("link", "INT512");
    }

    /** Before it asks for a connection: the task is refused by what it names. */
    @ParameterizedTest
    @MethodSource
    void newerPlans(Consumer<ObjectNode> change) throws IOException {
        DiffSpec spec = spec(orders(null), orders(null));
        Planned planned = Diffing.engine(Diffing.TINY).plan(spec, TestServer.source(), TestServer.source(), NEVER);
        try (HeldSnapshot held = planned.hold();
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ObjectNode common = (ObjectNode) planned.plan().common();
            SourceDetails unreachable =
                    new SourceDetails("pg", TestServer.options().put("port", silent.getLocalPort()));
            change.accept(common);
            List<JsonNode> tasks = planned.plan().tasks();
            assertThat(tasks).isNotEmpty();
            for (JsonNode task : tasks) {
                assertFails(
                        () -> Diffing.DEFAULT.compare(common, task, unreachable, unreachable, NEVER),
                        ErrorType.INTERNAL,
                        "by a version that this worker cannot read");
            }
        }
    }
}
