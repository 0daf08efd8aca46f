package io.parallax.dialect.postgres;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.util.Arrays;
import java.util.List;

/** Pairs of tables made to be taken for each other, and what really differs between them. */
final class Collisions {
    /**
     * One pair.
     *
     * @param columnsA A's columns as DDL
     * @param columnsB B's
     * @param filler a key for each {@code g} that no other row has
     * @param rowsA A's rows as VALUES
     * @param rowsB B's
     */
    record Case(
            String name,
            String columnsA,
            String columnsB,
            List<String> key,
            String filler,
            String rowsA,
            String rowsB,
            Tally expected) {
        @Override
        public String toString() {
            return name;
        }

        /** The same with another key than {@code id}. */
        Case keyed(String filler, String... key) {
            return new Case(name, columnsA, columnsB, List.of(key), filler, rowsA, rowsB, expected);
        }

        /** The same with other types in B. */
        Case against(String columns) {
            return new Case(name, columnsA, columns, key, filler, rowsA, rowsB, expected);
        }

        boolean isEqual() {
            return expected.exclusives().sum() == 0 && expected.rowsWithDifferences() == 0;
        }
    }

    static final List<Case> VALUES = List.of(
            pair(
                    "a separator moves",
                    "id int, x text, y text",
                    "(1,'a|b','c'), (2,'a,b','c'), (3,'a\"','b'), (4,'(a','b)'), (5,'ab',''), (6,e'a\\x01b','c'), (7,'a','b')",
                    "(1,'a','b|c'), (2,'a','b,c'), (3,'a','\"b'), (4,'','(ab)'), (5,'a','b'), (6,'a',e'b\\x01c'), (7,'a','b')",
                    unique(7, 6, 6, 6)),
            pair(
                    "NULL, nothing, and their names",
                    "id int, x text",
                    "(1,null), (2,null), (3,''), (4,null), (5,'NULL'), (6,null), (7,'\\N'), (8,null), (9,'')",
                    "(1,''), (2,'<null>'), (3,'<null>'), (4,'null'), (5,null), (6,null), (7,null), (8,'0'), (9,' ')",
                    unique(9, 8, 8)),
            pair(
                    "NULL changes its column",
                    "id int, x text, y text, n int, m int",
                    "(1,null,'',1,1), (2,null,null,1,1), (3,'a',null,1,1), (4,'','',null,0), (5,'','',null,1)",
                    "(1,'',null,1,1), (2,'','',1,1), (3,null,'a',1,1), (4,'','',0,null), (5,'','',1,null)",
                    unique(5, 5, 3, 3, 2, 2)),
            pair(
                    "columns change places",
                    "id int, x int, y int, s text, t text, f float8, g float8",
                    "(1,3,7,'a','b',0,1), (2,5,5,'a','a',0,0), (3,1,1,'','c',0,0), (4,1,1,'','',0,-5), (5,-1,1,'','',0,0)",
                    "(1,7,3,'a','b',0,1), (2,5,5,'a','a',0,0), (3,1,1,'c','',0,0), (4,1,1,'','',-5,0), (5,1,-1,'','',0,0)",
                    unique(5, 4, 2, 2, 1, 1, 1, 1)),
            pair(
                    "two rows exchange a value",
                    "id int, i int, b bigint, n numeric, f float8, t text, s timestamp",
                    """
                    (1,1,0,0,0,'','2000-01-01'), (2,2,0,0,0,'','2000-01-01'),
                    (3,0,1,0,0,'','2000-01-01'), (4,0,2,0,0,'','2000-01-01'),
                    (5,0,0,1,0,'','2000-01-01'), (6,0,0,2,0,'','2000-01-01'),
                    (7,0,0,0,1,'','2000-01-01'), (8,0,0,0,2,'','2000-01-01'),
                    (9,0,0,0,0,'a','2000-01-01'), (10,0,0,0,0,'b','2000-01-01'),
                    (11,0,0,0,0,'','2000-01-02'), (12,0,0,0,0,'','2000-01-03')""",
                    """
                    (1,2,0,0,0,'','2000-01-01'), (2,1,0,0,0,'','2000-01-01'),
                    (3,0,2,0,0,'','2000-01-01'), (4,0,1,0,0,'','2000-01-01'),
                    (5,0,0,2,0,'','2000-01-01'), (6,0,0,1,0,'','2000-01-01'),
                    (7,0,0,0,2,'','2000-01-01'), (8,0,0,0,1,'','2000-01-01'),
                    (9,0,0,0,0,'b','2000-01-01'), (10,0,0,0,0,'a','2000-01-01'),
                    (11,0,0,0,0,'','2000-01-03'), (12,0,0,0,0,'','2000-01-02')""",
                    unique(12, 12, 2, 2, 2, 2, 2, 2)),
            pair(
                    "three rows pass a value round, two exchange all they have",
                    "id int, x int, y text",
                    "(1,1,'p'), (2,2,'p'), (3,3,'p'), (4,4,'q'), (5,5,'r')",
                    "(1,2,'p'), (2,3,'p'), (3,1,'p'), (4,5,'r'), (5,4,'q')",
                    unique(5, 5, 5, 2)),
            pair(
                    "signs",
                    "id int, i int, b bigint, n numeric, f float8, r real, v interval",
                    "(1,5,0,0,0,0,'0'), (2,0,5,0,0,0,'0'), (3,0,0,5.5,0,0,'0'), (4,0,0,0,5.5,0,'0'), (5,0,0,0,0,5.5,'0'), (6,0,0,0,0,0,'1 mon')",
                    "(1,-5,0,0,0,0,'0'), (2,0,-5,0,0,0,'0'), (3,0,0,-5.5,0,0,'0'), (4,0,0,0,-5.5,0,'0'), (5,0,0,0,0,-5.5,'0'), (6,0,0,0,0,0,'-1 mon')",
                    unique(6, 6, 1, 1, 1, 1, 1, 1)),
            pair(
                    "what folds to the same 32 bits",
                    "id int, b bigint, s timestamp, t time",
                    """
                    (1,1,null,null), (2,0,null,null), (3,5,null,null), (4,4294967295,null,null), (5,-4294967298,null,null),
                    (6,null,'2000-01-01 00:00:00.000001',null), (7,null,'2000-01-01',null),
                    (8,null,'1999-12-31 23:59:59.999999',null), (9,null,null,'00:00:00.000005')""",
                    """
                    (1,4294967296,null,null), (2,4294967297,null,null), (3,21474836480,null,null), (4,-4294967296,null,null), (5,1,null,null),
                    (6,null,'2000-01-01 01:11:34.967296',null), (7,null,'2000-01-01 01:11:34.967297',null),
                    (8,null,'1999-12-31 22:48:25.032704',null), (9,null,null,'01:11:34.9673')""",
                    unique(9, 9, 5, 3, 1)),
            pair(
                    "NaN, infinities and zeros",
                    "id int, n numeric, f float8, r real",
                    """
                    (1,'NaN',0,0), (2,'NaN',0,0), (3,'Infinity',0,0), (4,'-Infinity',0,0), (5,null,0,0), (6,1,'NaN',0), (7,1,'Infinity',0),
                    (8,1,'-Infinity',0), (9,1,null,0), (10,1,1,'NaN'), (11,1,1,'Infinity'), (12,'NaN','NaN','NaN'), (13,0,'-0','-0'),
                    (14,'Infinity','-Infinity','Infinity')""",
                    """
                    (1,'Infinity',0,0), (2,0,0,0), (3,'-Infinity',0,0), (4,0,0,0), (5,'NaN',0,0), (6,1,'Infinity',0), (7,1,'-Infinity',0),
                    (8,1,0,0), (9,1,'NaN',0), (10,1,1,0), (11,1,1,'-Infinity'), (12,'NaN','NaN','NaN'), (13,0.00,0,0),
                    (14,'Infinity','-Infinity','Infinity')""",
                    unique(14, 11, 5, 4, 2)),
            pair(
                    "the ends of time",
                    "id int, d date, s timestamp, z timestamptz",
                    """
                    (1,'infinity',null,null), (2,'infinity',null,null), (3,'-infinity',null,null), (4,'4714-11-24 BC',null,null),
                    (5,null,'infinity',null), (6,null,'-infinity',null), (7,null,'294276-12-31 23:59:59.999999',null),
                    (8,null,null,'infinity'), (9,null,null,'4714-11-24 00:00:00+00 BC'), (10,'2000-01-01','2000-01-01','2000-01-01Z'),
                    (11,'infinity','-infinity','infinity'), (12,'0044-03-15 BC',null,null)""",
                    """
                    (1,'-infinity',null,null), (2,'5874897-12-31',null,null), (3,'4714-11-24 BC',null,null), (4,null,null,null),
                    (5,null,'-infinity',null), (6,null,'4714-11-24 BC',null), (7,null,'294276-12-31 23:59:59.999998',null),
                    (8,null,null,'294276-12-31 23:59:59.999999+00'), (9,null,null,'4714-11-24 00:00:00.000001+00 BC'), (10,null,'2000-01-01',null),
                    (11,'infinity','-infinity','infinity'), (12,'0044-03-15',null,null)""",
                    unique(12, 11, 6, 3, 3)),
            pair(
                    "numeric without scale",
                    "id int, n numeric",
                    """
                    (1,1.0), (2,100), (3,0.0), (4,1e-30), (5,10000), (6,0.0001), (7,1e40), (8,12345678901234567890123456789.000000001),
                    (9,-0.00), (10,9007199254740993), (11,1e-16000), (12,-1e130000)""",
                    """
                    (1,1.000), (2,1e2), (3,0), (4,2e-30), (5,1), (6,1), (7,1e44), (8,12345678901234567890123456789.000000002),
                    (9,0), (10,9007199254740992), (11,0), (12,1e130000)""",
                    unique(12, 8, 8)),
            pair(
                    "the last bit of a float",
                    "id int, f float8, r real",
                    "(1,1,0), (2,0.1::float8 + 0.2::float8,0), (3,5e-324,0), (4,1.7976931348623157e308,0), (5,-2.5,0), (6,0,0.1), (7,0,1e-45), (8,9007199254740992,0)",
                    "(1,1.0000000000000002,0), (2,0.3,0), (3,0,0), (4,1.7976931348623155e308,0), (5,-2.5000000000000004,0), (6,0,0.10000001), (7,0,0), (8,9007199254740994,0)",
                    unique(8, 8, 6, 2)),
            pair(
                    "a microsecond",
                    "id int, s timestamp, z timestamptz, t time",
                    """
                    (1,'2024-02-29 12:00:00.000001',null,null), (2,'1999-12-31 23:59:59.999999',null,null), (3,'2038-01-19 03:14:07.999999',null,null),
                    (4,null,'2024-02-29 12:00:00.123456+02',null), (5,null,'2024-02-29 12:00+02',null), (6,null,null,'24:00'), (7,null,null,'00:00:00.000001')""",
                    """
                    (1,'2024-02-29 12:00:00',null,null), (2,'2000-01-01',null,null), (3,'2038-01-19 03:14:08',null,null),
                    (4,null,'2024-02-29 12:00:00.123457+02',null), (5,null,'2024-02-29 10:00Z',null), (6,null,null,'00:00'), (7,null,null,'00:00')""",
                    unique(7, 6, 3, 1, 2)),
            pair(
                    "jsonb signs, orders and nesting",
                    "id int, j jsonb",
                    """
                    (1,'{"a":-1}'), (2,'[1,2]'), (3,'[1,[2]]'), (4,'[-1]'), (5,'1'), (6,'null'), (7,'{"a":null}'), (8,'{"a":1.0,"b":[1e2]}'),
                    (9,'[[1],[2,3]]'), (10,'{"a":"b"}'), (11,'"1.0"'), (12,'[1,1,2]'), (13,'{"a":{"b":1}}'), (14,'0')""",
                    """
                    (1,'{"a":1}'), (2,'[2,1]'), (3,'[[1],2]'), (4,'[1]'), (5,'"1"'), (6,null), (7,'{}'), (8,'{"b":[100],"a":1}'),
                    (9,'[[1,2],[3]]'), (10,'{"b":"a"}'), (11,'"1.00"'), (12,'[1,2,2]'), (13,'{"a":1,"b":1}'), (14,'-0.0')""",
                    unique(14, 12, 12)),
            pair(
                    "array orders and shapes",
                    "id int, i int[], t text[]",
                    """
                    (1,'{1,2}',null), (2,'{1,2}',null), (3,'{{1,2},{3,4}}',null), (4,'{NULL}',null), (5,null,null), (6,'{1,2}',null), (7,'{-1}',null),
                    (8,null,'{"a,b"}'), (9,null,'{NULL}'), (10,null,'{""}'), (11,null,'{a,NULL}')""",
                    """
                    (1,'{2,1}',null), (2,'[0:1]={1,2}',null), (3,'{1,2,3,4}',null), (4,'{}',null), (5,'{}',null), (6,'{1,2}',null), (7,'{1}',null),
                    (8,null,'{a,b}'), (9,null,'{"NULL"}'), (10,null,'{NULL}'), (11,null,'{NULL,a}')""",
                    unique(11, 10, 6, 4)),
            pair(
                    "texts that collations confuse",
                    "id int, t text, c char(4)",
                    "(1,'a','a'), (2,'a',null), (3,'é',null), (4,'',null), (5,'ß',null), (6,'b','b  '), (7,e'a\\nb',null)",
                    "(1,'A','a'), (2,'a ',null), (3,U&'e\\0301',null), (4,' ',null), (5,'ss',null), (6,'b','b'), (7,'a b',null)",
                    unique(7, 6, 6, 0)),
            pair(
                    "bytes, booleans, identifiers",
                    "id int, b bytea, f bool, u uuid",
                    """
                    (1,'\\x00',true,null), (2,'',true,null), (3,'\\x00ff',true,null), (4,null,null,null), (5,null,true,null),
                    (6,null,true,'00000000-0000-0000-0000-000000000001'), (7,null,true,null)""",
                    """
                    (1,'\\x0000',true,null), (2,null,true,null), (3,'\\xff00',true,null), (4,null,false,null), (5,null,false,null),
                    (6,null,true,'01000000-0000-0000-0000-000000000000'), (7,null,true,'00000000-0000-0000-0000-000000000000')""",
                    unique(7, 7, 3, 2, 2)),
            pair(
                    "the end of long values, and what is sent in their place",
                    "id int, t text, b bytea",
                    """
                    (1,repeat('x',5000) || 'y',null), (2,repeat('x',5000),null), (3,repeat('x',1000),null), (4,repeat('x',5000),null),
                    (5,null,decode(repeat('00',5000) || '01','hex')), (6,null,decode(repeat('00',5000),'hex')), (7,repeat('é',1001),null)""",
                    """
                    (1,repeat('x',5000) || 'z',null), (2,left(repeat('x',5000),937) || encode(sha256(repeat('x',5000)::bytea),'hex'),null),
                    (3,repeat('x',1001),null), (4,repeat('x',5000),null), (5,null,decode(repeat('00',5000) || '02','hex')),
                    (6,null,decode(repeat('00',969),'hex') || sha256(decode(repeat('00',5000),'hex'))), (7,repeat('é',1000) || 'e',null)""",
                    unique(7, 6, 4, 2)),
            pair(
                            "one value in other types",
                            "id int, i int, n numeric, x text, c char(5), j json, a int[]",
                            "(1,5,0.5,'a','a','{\"a\": 1.0, \"b\": 2}','{1,2}'), (2,-7,'NaN','','','[1e1]','{}'), (3,null,null,null,null,null,null)",
                            "(1,5,0.5,'a','a','{\"b\":2,\"a\":1}','{1,2}'), (2,-7,'NaN','','','[10]','{}'), (3,null,null,null,null,null,null)",
                            unique(3, 0, 0, 0, 0, 0, 0, 0))
                    .against("id bigint, i numeric(9,2), n float8, x varchar, c text, j jsonb, a bigint[]"));

    static final List<Case> KEYS = List.of(
            pair(
                    "a pair of rows for another pair",
                    "id int, x text",
                    "(1,'x'), (1,'x'), (2,'v')",
                    "(1,'y'), (1,'y'), (2,'v')",
                    new Tally(
                            Sides.of(3, 3), Sides.ZERO, Sides.of(2, 2), Sides.of(2, 2), Sides.ZERO, 1, 0, List.of(0L))),
            pair(
                    "a pair of rows for nothing",
                    "id int, x text",
                    "(1,'x'), (1,'x'), (2,'v'), (3,'w'), (3,'w'), (3,'w')",
                    "(2,'v'), (3,'w')",
                    new Tally(
                            Sides.of(6, 2),
                            Sides.ZERO,
                            Sides.of(5, 0),
                            Sides.of(3, 2),
                            Sides.of(1, 0),
                            1,
                            0,
                            List.of(0L))),
            pair(
                    "another row of the pair is the double",
                    "id int, x text",
                    "(1,'x'), (1,'x'), (2,'x'), (4,'x'), (4,'y')",
                    "(1,'x'), (2,'x'), (2,'x'), (4,'x'), (4,'x')",
                    new Tally(
                            Sides.of(5, 5), Sides.ZERO, Sides.of(4, 4), Sides.of(3, 3), Sides.ZERO, 0, 0, List.of(0L))),
            pair(
                            "key and value change places",
                            "k int, v int",
                            "(1,2), (2,1), (3,3), (4,5)",
                            "(1,1), (2,2), (3,3), (5,4)",
                            new Tally(
                                    Sides.of(4, 4),
                                    Sides.ZERO,
                                    Sides.ZERO,
                                    Sides.of(4, 4),
                                    Sides.of(1, 1),
                                    3,
                                    2,
                                    List.of(2L)))
                    .keyed("g + 1000", "k"),
            pair(
                            "keys of two parts",
                            "k text, l text",
                            "('a|b','c'), ('ab',''), ('','x'), ('1','2'), (null,'y'), ('z',null), ('same','same')",
                            "('a','b|c'), ('a','b'), ('x',''), ('2','1'), ('','y'), ('z','<null>'), ('same','same')",
                            new Tally(
                                    Sides.of(7, 7),
                                    Sides.of(2, 0),
                                    Sides.ZERO,
                                    Sides.of(5, 7),
                                    Sides.of(4, 6),
                                    1,
                                    0,
                                    List.of()))
                    .keyed("'key ' || g, 'l'", "k", "l"),
            key(
                    "texts",
                    "text",
                    "'é'||g",
                    "'a'; 'A'; 'a '; ''; 'ß'; U&'e\\0301'; 'null'; 'x'",
                    "'b'; 'B'; 'b '; ' '; 'ss'; 'é'; '<null>'; 'x'"),
            key(
                    "long texts",
                    "text",
                    "repeat('key ', 300) || g",
                    "repeat('x', 2000) || 'a'; repeat('x', 1000); 'x'",
                    "repeat('x', 2000) || 'b'; repeat('x', 1001); 'x'"),
            key(
                    "bigints",
                    "bigint",
                    "g + 1000",
                    "1; 0; -1; -4294967298; 9223372036854775807; 7",
                    "4294967296; 4294967297; -4294967296; 4294967298; -9223372036854775808; 7"),
            key(
                    "numerics",
                    "numeric",
                    "g + 1000.5",
                    "'NaN'::numeric; -1.5; 10000; 1e-30; 0; 1.0",
                    "'Infinity'::numeric; 1.5; 0.0001; 2e-30; '-Infinity'; 1.00"),
            key(
                    "floats",
                    "float8",
                    "g + 1000.5",
                    "'NaN'::float8; 1; 5e-324; '-Infinity'; '-0'::float8",
                    "'Infinity'::float8; 1.0000000000000002; -5e-324; 5; 0"),
            key(
                    "timestamps",
                    "timestamp",
                    "timestamp '2024-01-01' + g * interval '1 hour'",
                    "timestamp '2000-01-01 00:00:00.000001'; '1999-12-31 23:59:59.999999'; 'infinity'; '4714-11-24 BC'; '2000-01-01'",
                    "timestamp '2000-01-01 01:11:34.967296'; '1999-12-31 22:48:25.032704'; '-infinity'; '294276-12-31 23:59:59.999999'; '2000-01-01'"),
            key(
                    "dates",
                    "date",
                    "date '2024-01-01' + g",
                    "date 'infinity'; '4714-11-24 BC'; '0044-03-15 BC'; '2000-01-01'",
                    "date '-infinity'; '5874897-12-31'; '0044-03-15'; '2000-01-01'"),
            key(
                    "jsonb",
                    "jsonb",
                    "to_jsonb(g + 1000)",
                    "'-1'::jsonb; '[1,2]'; '[1,[2]]'; '\"5\"'; '{\"a\":1.0}'",
                    "'1'::jsonb; '[2,1]'; '[[1],2]'; '5'; '{\"a\":1}'"),
            key(
                    "bytes",
                    "bytea",
                    "int4send(g)",
                    "''::bytea; '\\x00ff'; '\\x01'",
                    "'\\x0000'::bytea; '\\xff00'; '\\x01'"),
            key(
                    "arrays",
                    "int[]",
                    "array[g + 1000]",
                    "'{1,2}'::int[]; '{}'; '{{3,4}}'; '{7}'",
                    "'{2,1}'::int[]; '{NULL}'; '{3,4}'; '{7}'"));

    private Collisions() {}

    private static Case pair(String name, String columns, String rowsA, String rowsB, Tally expected) {
        return new Case(name, columns, columns, List.of("id"), "g + 1000", rowsA, rowsB, expected);
    }

    /** Keys of one column, in pairs that differ, but for the last one; semicolons part them. */
    private static Case key(String name, String type, String filler, String keysA, String keysB) {
        long keys = Arrays.stream(keysA.split("; ")).count();
        Tally expected = new Tally(
                Sides.of(keys, keys),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(keys, keys),
                Sides.of(keys - 1, keys - 1),
                1,
                0,
                List.of());
        return new Case(
                "keys: " + name, "k " + type, "k " + type, List.of("k"), filler, rows(keysA), rows(keysB), expected);
    }

    private static String rows(String values) {
        return "(" + values.replace("; ", "), (") + ")";
    }

    /** The same keys on both sides, each once. */
    private static Tally unique(int rows, int differing, Integer... perColumn) {
        return new Tally(
                Sides.of(rows, rows),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(rows, rows),
                Sides.ZERO,
                rows,
                differing,
                Arrays.stream(perColumn).map(Integer::longValue).toList());
    }
}
