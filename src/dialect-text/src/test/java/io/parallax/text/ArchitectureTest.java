package io.parallax.text;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** That it needs neither a driver nor a server nor a framework. */
@AnalyzeClasses(packages = "io.parallax.text", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IT_IS_PLAIN_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.util..",
                    "com.fasterxml.jackson..",
                    "io.parallax.contract..",
                    "io.parallax.text..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.parallax.(**)").should().beFreeOfCycles();
}
