package io.parallax.engine.postgres;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the dialect may see of the engine, and of its driver. */
@AnalyzeClasses(packages = "io.parallax.engine.postgres", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_DRIVER_IS_KNOWN_TO_SESSIONS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.parallax.engine.postgres.session..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.postgresql..");

    /** What is compared, and how, is the engine's. */
    @ArchTest
    static final ArchRule DIALECTS_KNOW_NO_WORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.parallax.engine.task..",
                    "io.parallax.engine.plan..",
                    "io.parallax.engine.compare..",
                    "io.parallax.engine.question..",
                    "io.parallax.engine.write..");
}
