package io.parallax.api.datasources;

import io.parallax.text.SourceOption;
import io.parallax.text.TextDialects;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Writes the options of all types of source into the API document; which type takes which, the types tell. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OptionsSchema implements OASFilter {
    static final String NAME = "DataSourceOptions";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Schema options = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description(
                        "How to reach a database. data_sources/types tells which options each type takes, and which"
                                + " it needs.");
        TextDialects.sourceTypes()
                .flatMap(type -> type.options().stream())
                .forEach(option -> options.addProperty(option.name(), schema(option)));
        document.getComponents().addSchema(NAME, options);
    }

    private static Schema schema(SourceOption option) {
        Schema schema = OASFactory.createSchema().title(option.title()).description(option.description());
        SourceOption.Range range = option.range();
        if (range != null) {
            schema.addType(SchemaType.INTEGER)
                    .format("int32")
                    .minimum(BigDecimal.valueOf(range.least()))
                    .maximum(BigDecimal.valueOf(range.most()));
        } else {
            schema.addType(SchemaType.STRING);
        }
        option.choices().forEach(schema::addEnumeration);
        return option.secret() ? schema.writeOnly(true).format("password") : schema;
    }
}
