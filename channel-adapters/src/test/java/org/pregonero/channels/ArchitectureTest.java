package org.pregonero.channels;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.pregonero", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ADAPTERS_KNOW_NO_DATABASE_NO_QUEUE_AND_NO_PLANS = noClasses()
            .that()
            .resideInAPackage("org.pregonero.channels..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.springframework.jdbc..",
                    "org.springframework.amqp..",
                    "com.rabbitmq..",
                    "org.pregonero.dispatcher..");

    @ArchTest
    static final ArchRule PROVIDERS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("org.pregonero.channels.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_CONTRACT_KNOWS_NO_PROVIDER = noClasses()
            .that()
            .resideInAPackage("org.pregonero.channels")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pregonero.channels.*..");
}
