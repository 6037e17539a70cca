package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.cli.chaos.CallAudit.Finding;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Kills and findings, by kill point. Thread-safe. */
public final class KillTable {
    private final Map<KillPoint, Row> rows = new EnumMap<>(KillPoint.class);
    private final List<String> violations = new ArrayList<>();

    private static final class Row {
        private int kills;
        private int tooLate;
        private int calls;
        private int inDoubt;
        private int violations;
    }

    synchronized void killed(KillPoint point, boolean inTime) {
        Row row = row(point);
        row.kills += inTime ? 1 : 0;
        row.tooLate += inTime ? 0 : 1;
    }

    synchronized void audited(KillPoint point, Finding finding) {
        Row row = row(point);
        row.calls++;
        row.inDoubt += finding.wasInDoubt() ? 1 : 0;
        violated(point, finding.violations());
    }

    synchronized void violated(KillPoint point, List<String> found) {
        row(point).violations += found.size();
        found.forEach(violation -> violations.add(point + ": " + violation));
    }

    private Row row(KillPoint point) {
        return rows.computeIfAbsent(point, any -> new Row());
    }

    /** Processes that were killed while they had work to do. */
    public synchronized int kills() {
        return rows.values().stream().mapToInt(row -> row.kills).sum();
    }

    /** Every promise that did not hold, with the call that it was made for. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** For people. */
    public synchronized String toText() {
        StringBuilder text = new StringBuilder();
        line(text, "killed", "kills", "too late", "calls", "in doubt", "violations");
        rows.forEach((point, row) ->
                line(text, name(point), row.kills, row.tooLate, row.calls, row.inDoubt, row.violations));
        line(
                text,
                "all",
                kills(),
                sum(row -> row.tooLate),
                sum(row -> row.calls),
                sum(row -> row.inDoubt),
                violations.size());
        return text.toString();
    }

    private int sum(ToIntFunction<Row> column) {
        return rows.values().stream().mapToInt(column).sum();
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.format(Locale.ROOT, "%-24s %6s %9s %6s %9s %11s%n", cells));
    }

    /** For programs; member names are those of the text's columns. */
    public synchronized JsonObject toJson() {
        JsonObject.Builder points = JsonObject.builder();
        rows.forEach((point, row) -> points.put(
                name(point),
                JsonObject.builder()
                        .put("kills", row.kills)
                        .put("too_late", row.tooLate)
                        .put("calls", row.calls)
                        .put("in_doubt", row.inDoubt)
                        .put("violations", row.violations)
                        .build()));
        return JsonObject.builder()
                .put("kills", kills())
                .put("points", points.build())
                .put("violations", violations)
                .build();
    }

    private static String name(KillPoint point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
