package io.swarmctl.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.swarmctl.agent", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheMachinePackageStartsProcessesOrOpensTheEngine = noClasses()
            .that()
            .resideInAnyPackage("..converge..", "..link..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule theMachineKnowsNothingOfTheController = noClasses()
            .that()
            .resideInAPackage("..machine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..link..", "..converge..", "com.hazelcast..");

    @ArchTest
    static final ArchRule onlyTheLinkSpeaksHazelcast = noClasses()
            .that()
            .resideOutsideOfPackage("..link..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.swarmctl.agent.(*)..").should().beFreeOfCycles();
}
