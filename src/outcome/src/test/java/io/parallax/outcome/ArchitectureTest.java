package io.parallax.outcome;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** That counts become an answer without a store, a network or a framework. */
@AnalyzeClasses(packages = "io.parallax.outcome", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IT_IS_PLAIN_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.time..",
                    "java.util..",
                    "com.fasterxml.jackson..",
                    "io.parallax.contract..",
                    "io.parallax.outcome..",
                    "io.parallax.text..",
                    "org.apache.commons.math3..",
                    "org.eclipse.microprofile.openapi.annotations..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.outcome.(**)").should().beFreeOfCycles();
}
