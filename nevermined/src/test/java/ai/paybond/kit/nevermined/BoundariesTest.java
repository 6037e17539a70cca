package ai.paybond.kit.nevermined;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.nevermined.buyer.PaymentInterceptor;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Which libraries show where. */
class BoundariesTest {
    private static final JavaClasses MODULE = new ClassFileImporter()
            .importUrl(NeverminedPayments.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());
    private static final DescribedPredicate<JavaClass> OKHTTP = resideInAnyPackage("okhttp3..", "okio..");

    private static ArchRule showsNoOkHttp(DescribedPredicate<JavaClass> except) {
        return methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(not(except))
                .should()
                .notHaveRawReturnType(OKHTTP)
                .andShould()
                .notHaveRawParameterTypes(anyElementThat(OKHTTP));
    }

    @Test
    void onlyTheInterceptorShowsOkHttp() {
        showsNoOkHttp(belongToAnyOf(PaymentInterceptor.class)).check(MODULE);
    }

    @Test
    void theRuleAboutOkHttpSeesViolations() {
        assertThatThrownBy(() -> showsNoOkHttp(resideInAPackage("nowhere")).check(MODULE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PaymentInterceptor");
    }

    @Test
    void onlyTheClientAndTheInterceptorKnowOkHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages("ai.paybond.kit.nevermined.internal", "ai.paybond.kit.nevermined.buyer")
                .should()
                .dependOnClassesThat(OKHTTP)
                .check(MODULE);
    }

    @Test
    void frameworksAreKnownOnlyWhereTheyAreServed() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "ai.paybond.kit.nevermined.http.servlet", "ai.paybond.kit.nevermined.http.webflux")
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.servlet..", "org.springframework..", "reactor.."))
                .check(MODULE);
    }

    @Test
    void theClientKnowsNothingOfWhatSellsWithIt() {
        noClasses()
                .that()
                .resideInAPackage("ai.paybond.kit.nevermined")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "ai.paybond.kit.nevermined.charge..",
                        "ai.paybond.kit.nevermined.rail..",
                        "ai.paybond.kit.nevermined.http..",
                        "ai.paybond.kit.nevermined.buyer.."))
                .check(MODULE);
    }
}
