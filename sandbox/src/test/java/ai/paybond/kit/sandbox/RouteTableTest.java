package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of routes is the router's. What the table should say is left in target/routes.md. */
class RouteTableTest {
    @Test
    void isTheOneOfTheReadme() throws IOException {
        String table;
        try (Sandbox sandbox = Sandbox.start()) {
            table = sandbox.routes().stream()
                    .filter(route -> !route.path().startsWith("/harbor/"))
                    .sorted(Comparator.comparing(RouteEntry::route).thenComparing(RouteEntry::path))
                    .map(route -> row(sandbox, route))
                    .collect(Collectors.joining("\n"));
        }
        Files.writeString(Path.of("target", "routes.md"), table);

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    private static String row(Sandbox sandbox, RouteEntry route) {
        boolean both = sandbox.routes().stream()
                .anyMatch(other -> other.path().equals("/harbor" + route.path())
                        && other.method().equals(route.method()));
        return "| `%s` | %s `%s` | %s | %s |"
                .formatted(
                        route.route(),
                        route.method(),
                        route.path(),
                        both ? "also under `/harbor`" : "",
                        route.open() ? "open" : route.scope());
    }
}
