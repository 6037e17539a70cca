package ai.paybond.kit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.capability.TestCapabilities;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import org.junit.jupiter.api.Test;

/** Which package of core may know which other. The picture is in the package-info of {@code ai.paybond.kit}. */
class BoundariesTest {

    private static final String ROOT = "ai.paybond.kit";
    private static final String INTERNAL = "ai.paybond.kit.internal..";
    private static final JavaClasses CORE = imported(PaybondException.class);

    /** What every package may name of the root package, although the root package names them all. */
    private static final DescribedPredicate<JavaClass> VOCABULARY =
            belongToAnyOf(PaybondException.class, ConfigurationException.class);

    /** What the session's clients are configured with. */
    private static final DescribedPredicate<JavaClass> SESSION_OPTIONS =
            belongToAnyOf(PaybondOptions.class, PaybondEnvironment.class, SessionMode.class, ApiKey.class);

    private static final ArchRule ONLY_ONE_PACKAGE_KNOWS_BISCUIT = noClasses()
            .that(not(resideInAPackage("ai.paybond.kit.internal.biscuit")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.biscuitsec..", "biscuit.format..", "io.vavr..", "com.google.protobuf..", "com.google.gson.."));

    @Test
    void onlyOnePackageKnowsBiscuit() {
        ONLY_ONE_PACKAGE_KNOWS_BISCUIT.check(CORE);
    }

    @Test
    void theRuleAboutBiscuitSeesViolations() {
        JavaClasses tests = imported(TestCapabilities.class);

        assertThatThrownBy(() -> ONLY_ONE_PACKAGE_KNOWS_BISCUIT.check(tests))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("TokenForge");
    }

    @Test
    void onlyOnePackageKnowsYaml() {
        noClasses()
                .that(not(resideInAPackage("ai.paybond.kit.internal.yaml")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.snakeyaml.."))
                .check(CORE);
    }

    /** Their libraries are optional: nothing else may need them to be loaded. */
    @Test
    void onlyOnePackageKnowsMetricsAndTracesAndNobodyNeedsIt() {
        noClasses()
                .that(not(resideInAPackage("ai.paybond.kit.observe")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.micrometer..", "io.opentelemetry..", "ai.paybond.kit.observe.."))
                .check(CORE);
    }

    @Test
    void nobodyOpensTokensUnverified() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.biscuitsec.biscuit.token.UnverifiedBiscuit")
                .check(CORE);
    }

    @Test
    void onlyInternalPackagesKnowLibraries() {
        noClasses()
                .that(not(resideInAPackage(INTERNAL)).and(not(belongToAnyOf(CallJournals.class))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "com.fasterxml..",
                        "okhttp3..",
                        "okio..",
                        "kotlin..",
                        "java.sql..",
                        "javax.sql..",
                        "net.i2p..",
                        "org.bouncycastle..",
                        "org.apache.commons.."))
                .check(CORE);
    }

    @Test
    void publicMethodsShowNoInternalType() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(not(resideInAPackage(INTERNAL)))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .notHaveRawReturnType(resideInAPackage(INTERNAL))
                .andShould()
                .notHaveRawParameterTypes(DescribedPredicate.anyElementThat(resideInAPackage(INTERNAL)))
                .check(CORE);
    }

    @Test
    void capabilitiesKnowNothingOfWhatUsesThem() {
        noClasses()
                .that()
                .resideInAnyPackage("ai.paybond.kit.capability", "ai.paybond.kit.internal.biscuit")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "ai.paybond.kit.guard..",
                        "ai.paybond.kit.harbor..",
                        "ai.paybond.kit.journal..",
                        "ai.paybond.kit.evidence.."))
                .check(CORE);
    }

    @Test
    void nothingBelowTheSessionKnowsTheGuardButThePolicyThatDeclaresItsTools() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT,
                        "ai.paybond.kit.guard..",
                        "ai.paybond.kit.policy..",
                        "ai.paybond.kit.annotation..",
                        "ai.paybond.kit.async..",
                        "ai.paybond.kit.observe..")
                .should()
                .dependOnClassesThat(resideInAPackage("ai.paybond.kit.guard.."))
                .check(CORE);
    }

    @Test
    void thePackagesBelowTheSessionFormNoCycle() {
        slices().matching("ai.paybond.kit.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void thePackagesBelowTheSessionKnowOnlyItsVocabulary() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, "ai.paybond.kit.harbor")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT).and(not(VOCABULARY)))
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("ai.paybond.kit.harbor")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT).and(not(VOCABULARY)).and(not(SESSION_OPTIONS)))
                .check(CORE);
    }

    @Test
    void everyExceptionThatUsersSeeBelongsToTheFamily() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .arePublic()
                .and(not(resideInAPackage(INTERNAL)))
                .should()
                .beAssignableTo(PaybondException.class)
                .check(CORE);
    }

    private static JavaClasses imported(Class<?> member) {
        URL classes = member.getProtectionDomain().getCodeSource().getLocation();
        return new ClassFileImporter().importUrl(classes);
    }
}
