package io.swarmctl.controller;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

@AnalyzeClasses(packages = "io.swarmctl.controller", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Ports of the brain say that they may fail, and when they answer; it is others who do the work. */
    @ArchTest
    static final ArchRule theBrainIsPure = noClasses()
            .that()
            .resideInAPackage("..fleet..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..")
                            .and(not(type(IOException.class)))
                            .and(not(type(Serializable.class)))
                            .and(not(type(CompletableFuture.class))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..", "com.hazelcast..", "org.jdbi..", "org.bouncycastle..", "org.slf4j..", "java.sql..");

    @ArchTest
    static final ArchRule theBrainReadsNoClock = noClasses()
            .that()
            .resideInAPackage("..fleet..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.InstantSource")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule theBrainKnowsNothingAroundIt = noClasses()
            .that()
            .resideInAPackage("..fleet..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.swarmctl.controller..")
                    .and(not(resideInAnyPackage("..controller.fleet..", "..controller.text.."))));

    @ArchTest
    static final ArchRule onlyTheBusSpeaksHazelcast = onlyIn("com.hazelcast..", "..controller.bus..");

    @ArchTest
    static final ArchRule onlyOnePartKnowsPrometheus = onlyIn("io.prometheus..", "..controller.metrics..");

    @ArchTest
    static final ArchRule onlyWhoEnrolsAndWiresMakesCertificates =
            onlyIn("org.bouncycastle..", "..controller.enrol..", "..controller.server..", "..controller.debian..");

    @ArchTest
    static final ArchRule onlyTheStoreSpeaksSql = noClasses()
            .that()
            .resideOutsideOfPackage("..controller.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "org.h2..", "org.flywaydb..", "com.zaxxer..", "java.sql..");

    /** Every library that a command loads is felt by whoever typed it; and of the controller it knows what the API shows. */
    @ArchTest
    static final ArchRule theCommandLineLoadsLittle = classes()
            .that()
            .resideInAPackage("..controller.cli..")
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
                    "io.swarmctl.controller.text..",
                    "io.swarmctl.controller.image..",
                    "io.swarmctl.controller.debian..",
                    "io.swarmctl.controller.cli..");

    @ArchTest
    static final ArchRule imagesKnowNothingOfFleetsAndNetworks = classes()
            .that()
            .resideInAPackage("..controller.image..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.io..",
                    "java.nio..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "javax.crypto..",
                    // Writes past the page cache: an option of the JDK's that stands outside of java.nio.
                    "com.sun.nio.file..",
                    "org.tukaani.xz..",
                    "com.github.luben.zstd..",
                    "io.avaje..",
                    "org.jspecify..",
                    "io.swarmctl.common.wire..",
                    "io.swarmctl.common.trust..",
                    "io.swarmctl.controller.deb..",
                    "io.swarmctl.controller.image..");

    @ArchTest
    static final ArchRule whoGathersPackagesKnowsTheirDirectoryOnly = noClasses()
            .that()
            .resideInAPackage("..controller.debian..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.swarmctl..")
                    .and(not(resideInAnyPackage(
                            "io.swarmctl.common.wire..",
                            "io.swarmctl.controller.deb..",
                            "io.swarmctl.controller.image..",
                            "io.swarmctl.controller.debian.."))));

    @ArchTest
    static final ArchRule packageFilesKnowNothingOfWhatTheyAreFor = noClasses()
            .that()
            .resideInAPackage("..controller.deb..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.swarmctl..").and(not(resideInAPackage("io.swarmctl.controller.deb.."))));

    @ArchTest
    static final ArchRule imagesAreBuiltFromTheDiskUp =
            slices().matching("io.swarmctl.controller.image.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCommandLineHasItsOwnHttp = noClasses()
            .that()
            .resideInAPackage("..controller.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

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

    private static ArchRule onlyIn(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
