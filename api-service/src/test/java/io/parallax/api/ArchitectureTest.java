package io.parallax.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this service must not see. */
@AnalyzeClasses(packages = "io.parallax.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule JDBC_IS_FOR_MIGRATION_AND_COMMANDS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("..commands..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule SOURCES_ARE_THE_WORKERS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.parallax.engine..", "io.parallax.worker..");

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLES =
            slices().matching("io.parallax.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.api.(**)").should().beFreeOfCycles();
}
