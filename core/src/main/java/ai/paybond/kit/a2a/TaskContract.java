package ai.paybond.kit.a2a;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be brought to a task of a settlement, and what comes of it.
 *
 * @param id such as {@code paybond.settlement.intent.create.v1}
 * @param kind the kind of contract
 * @param name for people
 * @param description for people and models
 * @param routeBindings the addresses at which the task is done
 * @param requiredTrustArtifacts what has to be shown, such as {@code paybond.agent_mandate_v1}
 * @param settlementPhases the phases that the task belongs to
 * @param participants who takes part
 * @param inputFields what is handed in
 * @param resultFields what comes back
 * @param raw the whole contract, examples included
 */
public record TaskContract(
        String id,
        String kind,
        String name,
        @Nullable String description,
        List<String> routeBindings,
        List<String> requiredTrustArtifacts,
        List<String> settlementPhases,
        List<Participant> participants,
        List<Field> inputFields,
        List<Field> resultFields,
        JsonObject raw) {

    public TaskContract {
        routeBindings = List.copyOf(routeBindings);
        requiredTrustArtifacts = List.copyOf(requiredTrustArtifacts);
        settlementPhases = List.copyOf(settlementPhases);
        participants = List.copyOf(participants);
        inputFields = List.copyOf(inputFields);
        resultFields = List.copyOf(resultFields);
    }

    static TaskContract of(Reply reply) {
        return new TaskContract(
                reply.string("id"),
                reply.string("kind"),
                reply.string("name"),
                reply.optionalString("description").orElse(null),
                reply.strings("routeBindings"),
                reply.strings("requiredTrustArtifacts"),
                reply.strings("settlementPhases"),
                reply.each("participants").stream().map(Participant::of).toList(),
                reply.each("inputFields").stream().map(Field::of).toList(),
                reply.each("resultFields").stream().map(Field::of).toList(),
                reply.json());
    }

    /**
     * Somebody who takes part.
     *
     * @param role such as {@code payee}
     * @param required whether the task cannot be done without
     * @param description for people
     */
    public record Participant(
            String role, boolean required, @Nullable String description) {
        static Participant of(Reply reply) {
            return new Participant(
                    reply.string("role"),
                    reply.bool("required"),
                    reply.optionalString("description").orElse(null));
        }
    }

    /**
     * A member of what is handed in or comes back.
     *
     * @param name its name
     * @param type its JSON type
     * @param required whether it must be there
     * @param description for people and models
     */
    public record Field(
            String name,
            String type,
            boolean required,
            @Nullable String description) {
        static Field of(Reply reply) {
            return new Field(
                    reply.string("name"),
                    reply.string("type"),
                    reply.bool("required"),
                    reply.optionalString("description").orElse(null));
        }
    }
}
