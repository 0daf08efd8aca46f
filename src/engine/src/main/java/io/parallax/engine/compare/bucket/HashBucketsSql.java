package io.parallax.engine.compare.bucket;

import io.parallax.contract.tally.Note;
import io.parallax.engine.compare.side.NoJsonb;
import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.session.Session;
import io.parallax.engine.task.DirtyBucketsTask;
import io.parallax.engine.task.DuplicateKeysTask;
import io.parallax.engine.task.HashBuckets;
import io.parallax.engine.task.Pages;
import io.parallax.engine.task.PieceScanTask;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries of pieces, repeats and parts on one side. */
public final class HashBucketsSql {
    private final SideSql sql;

    public HashBucketsSql(SideSql sql) {
        this.sql = sql;
    }

    /** Per bucket: its number, NULL for all rows with a NULL in their key; rows; checksum. */
    String fingerprints(PieceScanTask piece) {
        String bucket = bucket(piece.sieve().bits());
        Stream<String> conditions =
                Stream.concat(pages(piece.pages()), within(piece.sieve().within()));
        if (piece.first() && !sql.keyIsNull().isEmpty()) {
            bucket = "case when " + sql.keyIsNull() + " then null else " + bucket + " end";
        }
        return "select b, count(*), sum(h) from (select " + bucket + " as b, " + sql.rowHash() + " as h "
                + (piece.first() ? sql.from(conditions) : sql.fromKeyed(conditions)) + ") r group by b";
    }

    /** Per bucket: its number, keys that occur more than once, their rows. */
    String repeats(DuplicateKeysTask repeats) {
        return "select b, count(*), sum(n) from (select b, count(*) as n from (select "
                + bucket(repeats.sieve().bits()) + " as b, " + sql.namedKey() + " "
                + sql.fromKeyed(within(repeats.sieve().within())) + ") r group by b, " + sql.keyNames()
                + " having count(*) > 1) g group by b";
    }

    /** The rows whose key occurs more than once, as they are sent. */
    public String repeatedRows(HashBuckets.BucketSet buckets) {
        return sql.repeated(within(buckets).toList());
    }

    /** The rows as they are sent. */
    String rows(DirtyBucketsTask dirty) {
        return sql.sent(sql.fromKeyed(within(dirty.buckets())));
    }

    /** Notes how many values of a piece are no jsonb value. */
    List<Note> noJsonb(Session session, PieceScanTask piece) {
        return new NoJsonb(sql, piece.side()).notes(session, sql.fromKeyed(pages(piece.pages())));
    }

    private String bucket(int bits) {
        return sql.fingerprints().bucket(sql.keyHash(), bits);
    }

    private Stream<String> within(HashBuckets.@Nullable BucketSet bucketSet) {
        return bucketSet == null || bucketSet.bits() == 0
                ? Stream.empty()
                : Stream.of(bucket(bucketSet.bits()) + " = any("
                        + sql.expressions()
                                .integers(bucketSet.buckets().stream().mapToLong(Long::longValue)) + ")");
    }

    private Stream<String> pages(@Nullable Pages pages) {
        return pages == null ? Stream.empty() : sql.cutting().pages(pages.from(), pages.to()).stream();
    }
}
