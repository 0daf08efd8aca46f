package io.parallax.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What both services say to each other depends on neither of them. */
@AnalyzeClasses(packages = "io.parallax.contract", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule IT_KNOWS_NOBODY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.parallax.engine..",
                    "io.parallax.worker..",
                    "io.parallax.api..",
                    "java.sql..",
                    "org.postgresql..");
}
