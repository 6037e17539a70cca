import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the bills of materials of all published modules and prints their foreign components, by module and by licence.
 * Exit status 1 when a component lacks a version, a package URL, a SHA-256 or a licence, has a licence that nobody has
 * looked at, or when docs/security.md shows another table. Run by config/licences.sh.
 */
final class Licences {
    private static final Set<String> PERMISSIVE = Set.of(
            "Apache-2.0",
            "Apache-2.0 and BSD-3-Clause",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "MIT",
            "MIT-0");

    /** Components whose licence is what its text says, and not what their pom or a look-up of the name made of it. */
    private static final Map<String, List<String>> READ = Map.of(
            "org.bouncycastle:bcprov-jdk18on", List.of("MIT"),
            "com.google.re2j:re2j", List.of("BSD-3-Clause"),
            "org.antlr:ST4", List.of("BSD-3-Clause"),
            "org.antlr:antlr-runtime", List.of("BSD-3-Clause"),
            "com.tngtech.archunit:archunit", List.of("Apache-2.0 and BSD-3-Clause"),
            "com.h2database:h2", List.of("MPL-2.0", "EPL-1.0"));

    /** Copyleft is taken from these alone: each is used as it is published, in a jar of its own. */
    private static final Set<String> COPYLEFT = Set.of(
            "com.h2database",
            "ch.qos.logback",
            "jakarta.annotation",
            "jakarta.servlet",
            "org.junit.jupiter",
            "org.junit.platform");

    private record Component(String group, String name, String version) implements Comparable<Component> {
        @Override
        public int compareTo(Component other) {
            return toString().compareTo(other.toString());
        }

        String key() {
            return group + ":" + name;
        }
    }

    private final Map<Component, List<String>> licences = new TreeMap<>();
    private final Map<Component, Set<String>> modules = new TreeMap<>();
    private final Map<String, int[]> counts = new TreeMap<>(); // those that a module brings, those that are optional
    private final List<String> faults = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Licences found = new Licences();
        try (Stream<Path> files = Files.walk(root, 4)) {
            for (Path bill : files.filter(file -> file.endsWith("target/bom.json")).sorted().toList()) {
                if (!bill.equals(root.resolve("target/bom.json"))) { // the root's repeats the others
                    found.read(JsonObject.parse(Files.readAllBytes(bill)));
                }
            }
        }
        String page = Files.readString(root.resolve("docs/security.md"));
        for (String table : List.of(found.moduleTable(), found.licenceTable())) {
            System.out.println(table);
            if (!page.contains(table)) {
                found.faults.add("docs/security.md shows another table");
            }
        }
        found.faults.forEach(System.err::println);
        System.exit(found.faults.isEmpty() ? 0 : 1);
    }

    private void read(JsonObject bill) {
        String module = bill.object("metadata").orElseThrow().object("component").orElseThrow()
                .string("name").orElseThrow().replace("paybond-kit-", "");
        counts.put(module, new int[2]);
        bill.array("components").orElseThrow().objectItems()
                .filter(component -> !component.string("group").orElse("").equals("ai.paybond.kit"))
                .forEach(component -> {
                    read(component, module);
                    boolean optional = component.string("scope").equals(Optional.of("optional"));
                    counts.get(module)[optional ? 1 : 0]++;
                });
    }

    private void read(JsonObject entry, String module) {
        Component component = new Component(
                entry.string("group").orElse(""), entry.string("name").orElse(""), entry.string("version").orElse(""));
        if (component.version().isEmpty() || !entry.has("purl") || !entry.toString().contains("\"SHA-256\"")) {
            faults.add(component + " in " + module + " lacks its version, package URL or SHA-256");
        }
        List<String> names = READ.getOrDefault(component.key(), named(entry));
        boolean permissive = !names.isEmpty() && PERMISSIVE.containsAll(names);
        if (!permissive && !COPYLEFT.contains(component.group())) {
            faults.add(component + " in " + module + " has a licence to be looked at: " + names);
        }
        licences.put(component, names);
        modules.computeIfAbsent(component, unseen -> new TreeSet<>()).add(module);
    }

    private static List<String> named(JsonObject entry) {
        return entry.array("licenses").map(JsonArray::objectItems).orElse(Stream.empty())
                .map(choice -> choice.object("license").orElse(choice))
                .map(licence -> licence.string("id")
                        .or(() -> licence.string("name"))
                        .or(() -> licence.string("expression")))
                .map(name -> name.orElse("unnamed"))
                .toList();
    }

    private String moduleTable() {
        StringBuilder text = new StringBuilder("| Module | Jars | Optional |\n|---|---|---|\n");
        counts.forEach((module, count) -> text.append("| `%s` | %d | %d |\n".formatted(module, count[0], count[1])));
        return text.toString();
    }

    private String licenceTable() {
        Map<String, List<Component>> byLicence = licences.keySet().stream()
                .collect(Collectors.groupingBy(
                        component -> String.join(" or ", licences.get(component)), TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder("| Licence | Jars | |\n|---|---|---|\n");
        byLicence.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .forEach(row -> text.append(
                        "| %s | %d | %s |\n".formatted(row.getKey(), row.getValue().size(), names(row.getValue()))));
        return text.append("| **all** | **%d** | |\n".formatted(licences.size())).toString();
    }

    /** Names, families of more than three as one; with the modules that bring them where a licence is copyleft. */
    private String names(List<Component> components) {
        Map<String, List<Component>> families =
                components.stream().collect(Collectors.groupingBy(Component::group, TreeMap::new, Collectors.toList()));
        return families.values().stream()
                .flatMap(family -> family.size() > 3
                        ? Stream.of("`%s` (%d)".formatted(family.get(0).group(), family.size()))
                        : family.stream().map(this::name))
                .collect(Collectors.joining(", "));
    }

    private String name(Component component) {
        String name = "`%s` %s".formatted(component.name(), component.version());
        boolean permissive = PERMISSIVE.containsAll(licences.get(component));
        return permissive ? name : name + " (in " + String.join(", ", modules.get(component)) + ")";
    }
}
