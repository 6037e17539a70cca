package ai.paybond.kit.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class BoundaryTest {
    private static final JavaClasses SANDBOX = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("ai.paybond.kit.sandbox");

    @Test
    void sharesOnlyTheWireWithTheKit() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ai.paybond.kit",
                        "ai.paybond.kit.guard..",
                        "ai.paybond.kit.capability..",
                        "ai.paybond.kit.journal..",
                        "ai.paybond.kit.harbor..",
                        "ai.paybond.kit.evidence..",
                        "ai.paybond.kit.internal..",
                        "ai.paybond.kit.wire.internal..")
                .check(SANDBOX);
    }

    @Test
    void opensBiscuitsInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai.paybond.kit.sandbox.internal.capability")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.biscuitsec..", "biscuit..")
                .check(SANDBOX);
    }

    @Test
    void speaksHttpInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai.paybond.kit.sandbox.internal.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "io.jsonwebtoken..")
                .check(SANDBOX);
    }

    @Test
    void speaksSqlInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai.paybond.kit.sandbox.internal.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..", "com.zaxxer..")
                .check(SANDBOX);
    }

    @Test
    void needsJUnitOnlyForTheExtension() {
        noClasses()
                .that()
                .resideOutsideOfPackage("ai.paybond.kit.sandbox.junit")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(SANDBOX);
    }
}
