package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.tally.Note;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.plan.probe.Trust;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.sql.UserSql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.write.InputCopy;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be told with the plan that who reads the diff must know. */
record Notices(
        SessionPair pair,
        DiffSpec spec,
        SessionPair.Both<DescribedDataset> datasets,
        SchemaMatch match,
        TextSettings settings,
        Trust trust) {
    /** {@code copies}: what was copied before. */
    List<Note> notes(SessionPair.Both<InputCopy.Copy> copies) {
        SessionPair.Both<List<String>> guarded = pair.both(
                session -> Dialects.catalog(session).guarded(datasets.a()),
                session -> Dialects.catalog(session).guarded(datasets.b()));
        return Stream.of(
                        rowSecurity("A", copies.a(), guarded.a()),
                        rowSecurity("B", copies.b(), guarded.b()),
                        texts(),
                        settings.sentences(),
                        trust.sentences(),
                        escapes(),
                        floats(),
                        zone("A", datasets.a()),
                        zone("B", datasets.b()),
                        profiles("A", datasets.a()),
                        profiles("B", datasets.b()))
                .flatMap(sentence -> sentence)
                .map(Note::of)
                .toList();
    }

    private static Stream<String> rowSecurity(String side, InputCopy.Copy copy, List<String> guarded) {
        List<String> tables = Stream.concat(copy.guarded().stream(), guarded.stream())
                .distinct()
                .toList();
        return tables.isEmpty()
                ? Stream.empty()
                : Stream.of("Row security is active for the login of side " + side + " on " + String.join(", ", tables)
                        + ", so rows that its policies hide were not compared.");
    }

    private Stream<String> texts() {
        return columns(pair -> isOther(pair.a().type()))
                .map(names -> "Values of " + names + " are of types that are compared by their texts alone.")
                .stream();
    }

    private static boolean isOther(ColumnType type) {
        return type.element() == null ? type.family() == Family.OTHER : isOther(type.element());
    }

    /** Of sides whose SQL has any, as few have. */
    private Stream<String> escapes() {
        boolean inA = hasBackslash(spec.a());
        boolean inB = hasBackslash(spec.b());
        if (!inA && !inB) {
            return Stream.empty();
        }
        SessionPair.Both<Boolean> read = pair.both(
                session -> inA && Dialects.catalog(session).stringsHaveEscapes(),
                session -> inB && Dialects.catalog(session).stringsHaveEscapes());
        return Stream.concat(
                read.a() ? Stream.of(escapes("A")) : Stream.empty(),
                read.b() ? Stream.of(escapes("B")) : Stream.empty());
    }

    private static boolean hasBackslash(Dataset dataset) {
        return Stream.of(Optional.ofNullable(dataset.query()), Optional.ofNullable(dataset.filter()))
                .flatMap(Optional::stream)
                .anyMatch(UserSql::hasBackslash);
    }

    private static String escapes(String side) {
        return "The login of side " + side
                + " has standard_conforming_strings off, but a backslash in the strings of its query or"
                + " filter was read as itself, not as an escape; E'...' has escapes either way.";
    }

    private Stream<String> floats() {
        return columns(pair -> pair.a().type().family() == Family.NUMBER
                        && pair.a().type().isFloat() != pair.b().type().isFloat())
                .map(names -> "Numbers of " + names + " are exact on one side and floats on the other, so they were"
                        + " compared as floats, which tell about 15 digits apart.")
                .stream();
    }

    private Optional<String> columns(Predicate<ColumnPair> which) {
        List<String> names = Stream.concat(match.key().stream(), match.compared().stream())
                .filter(which)
                .map(ColumnPair::name)
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    /** Of the columns that tell a row's time. */
    private Stream<String> zone(String side, DescribedDataset dataset) {
        Stream<String> clipped = Stream.ofNullable(spec.clip()).map(TimeClip::column);
        Stream<String> timed = Stream.ofNullable(spec.timeBuckets()).map(TimeBuckets::column);
        return Stream.concat(clipped, timed)
                .distinct()
                .map(name -> side.equals("A") ? name : spec.nameOnB(name))
                .filter(name -> dataset.column(name)
                        .filter(column -> column.type().family() != Family.TIMESTAMPTZ)
                        .isPresent())
                .map(name -> "The times in " + name + " of side " + side + " have no zone and were taken as UTC.");
    }

    private Stream<String> profiles(String side, DescribedDataset dataset) {
        List<String> denied = dataset.columns().stream()
                .filter(column -> Boolean.TRUE.equals(spec.profiles()) && !column.readable())
                .map(Column::name)
                .toList();
        return denied.isEmpty()
                ? Stream.empty()
                : Stream.of("The login of side " + side + " may not read " + String.join(", ", denied)
                        + ", so there is no profile of it.");
    }
}
