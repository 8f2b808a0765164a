package io.swarmctl.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.swarmctl.controller", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCommandLineLoadsLittle = classes()
            .that()
            .resideInAPackage("io.swarmctl.controller.cli..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "picocli..",
                    "io.avaje..",
                    "org.jspecify..",
                    "io.swarmctl.common.wire..",
                    "io.swarmctl.common.trust..",
                    "io.swarmctl.controller.api.view..",
                    "io.swarmctl.controller.fleet..",
                    "io.swarmctl.controller.cli..");

    @ArchTest
    static final ArchRule itHasItsOwnHttp = noClasses()
            .that()
            .resideInAPackage("io.swarmctl.controller.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule theBrainIsPure = noClasses()
            .that()
            .resideInAPackage("io.swarmctl.controller.fleet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "com.hazelcast..", "java.nio.file..", "java.net..", "java.sql..");

    @ArchTest
    static final ArchRule whatTheApiAnswersIsDataAlone = classes()
            .that()
            .resideInAPackage("io.swarmctl.controller.api.view..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.util",
                    "java.time",
                    "io.avaje..",
                    "org.jspecify..",
                    "io.swarmctl.controller.api.view..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.swarmctl.controller.(*)..").should().beFreeOfCycles();
}
