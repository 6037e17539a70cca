package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.completion.CompletionPreset;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says what a tool's result proves. Declared once per side-effecting tool.
 *
 * <p>A mapper selects; it does not invent. A result that lacks what the evidence schema asks for is
 * {@link EvidenceMapping.Unmapped}, and the call is parked for a person instead of being reported as completed. A mapper
 * that throws or returns null counts as unmapped with {@code mapper.failed}. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface EvidenceMapper {

    /**
     * Maps one result.
     *
     * @param arguments the arguments that were checked and that the tool ran with
     * @param result what the tool returned
     */
    EvidenceMapping map(JsonObject arguments, @Nullable Object result);

    /**
     * Projects the named members, and nothing else, out of an object result: a {@code Map} with string keys, a
     * {@link JsonObject}, the text of one JSON object, or a record through its components.
     *
     * <p>Unmapped otherwise: {@code result.missing} for null, {@code result.not_an_object} for any other value,
     * {@code result.not_json} for text that is not one JSON document, {@code result.member_missing} when a named
     * member is absent, {@code result.not_representable} when a member has no JSON form.
     *
     * @param names the members to copy, at least one
     * @throws IllegalArgumentException when no name is given, or one is blank or given twice
     */
    static EvidenceMapper members(String... names) {
        return new MemberProjection(List.of(names));
    }

    /**
     * Projects what the preset's evidence schema names, and nothing else, as {@link #members} does. A vendor pack reads the
     * vendor's names and writes the canonical ones; a result that already has the canonical names is taken as it is.
     *
     * <p>Unmapped, besides the reasons of {@link #members}, with {@code result.schema_mismatch} when a member has another
     * type than the schema says, and with {@code result.funding_event} for the event of a payment processor, which says that
     * money moved and not that something was delivered. The values themselves are not judged: that is the intent's
     * predicate's part.
     */
    static EvidenceMapper preset(CompletionPreset preset) {
        return new PresetProjection(preset);
    }

    /**
     * Maps a record that says itself what it proves; see {@link Evidence}. Sent are the annotated components, under their
     * preset's names; one that is null is absent. A host that turns results into text is understood too: the text is one JSON
     * object with the components' names.
     *
     * <p>Unmapped as {@link #preset}, and with {@code result.other_type} for another record.
     *
     * @throws IllegalArgumentException when the record is not annotated, names a preset or a member that does not exist, gives
     *     a member a Java type that is not its JSON type (String, int or long, List), or lacks a required one
     */
    static EvidenceMapper annotated(Class<? extends Record> type) {
        return new AnnotatedRecord(type);
    }

    /**
     * This mapper within a preset: members that the preset does not declare are left out. Unmapped with
     * {@code result.forbidden_member} when a member that speaks of funding is offered as proof, and as {@link #preset}.
     */
    default EvidenceMapper within(CompletionPreset preset) {
        PresetFit fit = new PresetFit(preset);
        return (arguments, result) -> fit.check(map(arguments, result));
    }

    /**
     * Maps by a function of the result alone. A null payload is unmapped with {@code mapper.no_payload}.
     *
     * @param mapper gives the payload, or null when the result does not prove anything
     */
    static EvidenceMapper of(Function<@Nullable Object, @Nullable JsonObject> mapper) {
        return (arguments, result) -> {
            JsonObject payload = mapper.apply(result);
            return payload == null
                    ? new EvidenceMapping.Unmapped("mapper.no_payload")
                    : new EvidenceMapping.Mapped(payload);
        };
    }
}
