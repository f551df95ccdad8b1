package org.pregonero.templates;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.pregonero.templates", importOptions = ImportOption.DoNotIncludeTests.class)
class PlainLibraryTest {

    @ArchTest
    static final ArchRule KNOWS_NO_DATABASE_NETWORK_OR_FRAMEWORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net.http..",
                    "com.rabbitmq..",
                    "jakarta.mail..");
}
