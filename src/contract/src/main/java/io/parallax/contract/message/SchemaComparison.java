package io.parallax.contract.message;

import io.parallax.contract.tally.Sides;
import java.util.List;

/**
 * How the columns of both sides relate, after include and exclude, key included.
 *
 * @param columnCounts columns per side
 * @param columnsMismatched columns per side with no partner of the same name and a comparable type
 * @param typeDiffers names that both sides have with types of different families, in A's order
 * @param columnReorders how many shared columns must move to turn one order into the other
 * @param onlyA names that only A has
 * @param onlyB names that only B has
 */
public record SchemaComparison(
        Sides columnCounts,
        Sides columnsMismatched,
        List<String> typeDiffers,
        int columnReorders,
        List<String> onlyA,
        List<String> onlyB) {
    public SchemaComparison {
        typeDiffers = List.copyOf(typeDiffers);
        onlyA = List.copyOf(onlyA);
        onlyB = List.copyOf(onlyB);
    }
}
