package ai.paybond.kit.examples.adversary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Counts what was tried and done, and writes it as a table. */
final class Tally {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private static final class Row {
        final List<InjectedCall> calls = new ArrayList<>();
        final TreeSet<String> attacks = new TreeSet<>();
        final TreeSet<String> codes = new TreeSet<>();
        long tries;
        long tasks;
    }

    /** Every injected call of an attack was tried at a door and did not run; both legitimate tasks did. */
    void held(Attack attack, Door door) {
        Row row = rows.computeIfAbsent(attack.family(), family -> new Row());
        if (row.attacks.add(attack.name())) {
            row.calls.addAll(attack.calls());
        }
        row.codes.add("`" + attack.codeAt(door) + "`");
        row.tries += attack.calls().size();
        row.tasks += Siege.TASKS;
    }

    String toMarkdown() {
        StringBuilder text = new StringBuilder("""
                | Family | Attacks | Injected calls | Tried, at all doors | Ran | Answered with | Legitimate tasks done |
                |---|---|---|---|---|---|---|
                """);
        rows.forEach((family, row) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | 0 | %s | %d |%n",
                family,
                row.attacks.size(),
                row.calls.size(),
                row.tries,
                String.join(", ", row.codes),
                row.tasks)));
        text.append(String.format(
                Locale.ROOT,
                "| **All** | **%d** | **%d** | **%d** | **0** | | **%d** |%n",
                rows.values().stream().mapToInt(row -> row.attacks.size()).sum(),
                injectedCalls(),
                rows.values().stream().mapToLong(row -> row.tries).sum(),
                rows.values().stream().mapToLong(row -> row.tasks).sum()));
        return text.toString();
    }

    int injectedCalls() {
        return rows.values().stream().mapToInt(row -> row.calls.size()).sum();
    }
}
