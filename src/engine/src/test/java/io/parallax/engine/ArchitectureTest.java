package io.parallax.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which of the engine's rooms may see which. */
@AnalyzeClasses(packages = "io.parallax.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.(**)").should().beFreeOfCycles();

    /** So that neither changes what the other reads: both know the task documents alone. */
    @ArchTest
    static final ArchRule PLANNING_DOES_NOT_COMPARE = noClasses()
            .that()
            .resideInAPackage("io.parallax.engine.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.parallax.engine.compare..");

    @ArchTest
    static final ArchRule COMPARING_DOES_NOT_PLAN = noClasses()
            .that()
            .resideInAPackage("io.parallax.engine.compare..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.parallax.engine.plan..");

    /** Dialects are found by their service, so that another one is a module more and no change. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_A_DIALECT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.parallax.engine.postgres..", "org.postgresql..");
}
