package io.parallax.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a worker must not see. */
@AnalyzeClasses(packages = "io.parallax.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.(**)").should().beFreeOfCycles();

    /** Sources are the engine's, and the engine has one door. */
    @ArchTest
    static final ArchRule DRIVERS_ARE_THE_ENGINES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule THE_ENGINE_HAS_ONE_DOOR = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.parallax.engine.plan..",
                    "io.parallax.engine.compare..",
                    "io.parallax.engine.question..",
                    "io.parallax.engine.dialect..",
                    "io.parallax.engine.postgres..",
                    "io.parallax.engine.write..");

    @ArchTest
    static final ArchRule THE_STORE_IS_THE_SERVICES =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.parallax.api..");
}
