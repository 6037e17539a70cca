package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.JsonArray;
import java.util.List;
import java.util.TreeSet;

/** The tools of an intent in normal form. */
final class ToolNames {
    private ToolNames() {}

    static JsonArray canonical(List<String> tools) {
        TreeSet<String> names = new TreeSet<>();
        tools.forEach(tool -> names.add(Text.fold(tool)));
        return JsonArray.of(names);
    }

    /** Harbor lower-cases ASCII only and trims other blanks, so strictly only ASCII names mean the same to both. */
    static void require(List<String> tools, Strictness strictness) {
        boolean ascii = tools.stream().allMatch(tool -> tool.chars().allMatch(c -> c >= 0x20 && c < 0x7F));
        Rules.require(strictness == Strictness.PEER || ascii, "tools.ascii", "tool names are ASCII");
    }
}
