package ai.paybond.kit.guard;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** Reads the spend from the call's own arguments. */
final class ArgumentSpend implements SpendRule {
    private final List<String> parents;
    private final String name;

    ArgumentSpend(String path) {
        List<String> names = List.of(path.split("\\.", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a path is member names joined by dots");
        }
        this.parents = names.subList(0, names.size() - 1);
        this.name = names.get(names.size() - 1);
    }

    @Override
    public long cents(ToolCall call) {
        JsonObject holder = call.arguments();
        for (String parent : parents) {
            holder = holder.object(parent).orElseThrow(ArgumentSpend::invalid);
        }
        return holder.integer(name).orElseThrow(ArgumentSpend::invalid);
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("the argument is no whole number of cents");
    }
}
