package ai.paybond.kit.evidence;

import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies named members out of a result that has members; see {@link EvidenceMapper#members}. */
final class MemberProjection implements EvidenceMapper {
    private final List<String> names;
    private final List<String> optional;

    MemberProjection(List<String> names) {
        this(names, List.of());
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a projection names at least one member, and no blank one");
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("a projection names each member once");
        }
    }

    /** @param optional members to copy where they are present */
    MemberProjection(List<String> required, List<String> optional) {
        this.names = required;
        this.optional = optional;
    }

    @Override
    public EvidenceMapping map(JsonObject arguments, @Nullable Object result) {
        return map(ResultMembers.of(result));
    }

    EvidenceMapping map(ResultMembers result) {
        if (result.unmapped() != null) {
            return new Unmapped(result.unmapped());
        }
        Map<?, ?> members = result.members();
        Map<String, @Nullable Object> selected = new LinkedHashMap<>();
        for (String name : names) {
            if (!members.containsKey(name)) {
                return new Unmapped("result.member_missing");
            }
            selected.put(name, members.get(name));
        }
        optional.stream().filter(members::containsKey).forEach(name -> selected.put(name, members.get(name)));
        try {
            return new Mapped(JsonObject.of(selected));
        } catch (IllegalArgumentException | JsonException e) {
            return new Unmapped("result.not_representable");
        }
    }
}
