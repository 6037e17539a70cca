package ai.paybond.kit.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each library stays behind the packages that wrap it, and none shows in the API. */
class BoundaryTest {
    private static final String ROOT = "ai.paybond.kit.wire";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void jacksonIsKnownToTheJsonPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".json")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void theDefaultEngineIsKnownToItsPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".ed25519")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.i2p..")
                .check(CLASSES);
    }

    @Test
    void bouncyCastleIsKnownToThreePackagesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".ed25519", ROOT + ".x402", ROOT + ".disclosure")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CLASSES);
    }

    @Test
    void noTypeOfALibraryShowsInThePublicApi() {
        List<String> shown = CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(BoundaryTest::types)
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith(ROOT) && !name.isEmpty())
                .distinct()
                .toList();

        assertThat(shown).isEmpty();
    }

    private static Stream<JavaClass> types(JavaMethod method) {
        return Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                .map(JavaClass::getBaseComponentType);
    }
}
