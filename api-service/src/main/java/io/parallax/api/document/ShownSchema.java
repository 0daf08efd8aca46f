package io.parallax.api.document;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** What an answer shows of a field of a request: the same, and in one JSON type where a request may have it in several. */
final class ShownSchema {
    private ShownSchema() {}

    static Schema of(Schema asked) {
        Schema shown = OASFactory.createSchema();
        asked.getAll().forEach(shown::set);
        if (asked.getType() != null) {
            shown.setType(asked.getType().stream()
                    .filter(type -> type != SchemaType.NULL)
                    .toList());
            shown.set(SeveralTypes.TYPES, null);
            shown.set(SeveralTypes.ITEMS, null);
        }
        if (asked.getItems() != null) {
            shown.setItems(of(asked.getItems()));
        }
        if (asked.getAdditionalPropertiesSchema() != null) {
            shown.setAdditionalPropertiesSchema(of(asked.getAdditionalPropertiesSchema()));
        }
        return shown;
    }
}
