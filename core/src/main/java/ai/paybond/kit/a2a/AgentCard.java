package ai.paybond.kit.a2a;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a Gateway describes itself to agents.
 *
 * @param name its name
 * @param description what it does
 * @param version the version of what it offers
 * @param interfaces where it is reached
 * @param skills what it can do
 * @param inputModes the media types it takes
 * @param outputModes the media types it answers with
 * @param documentationUrl where it is described; absent when it does not say
 * @param raw the whole card; provider, capabilities and security schemes are here
 */
public record AgentCard(
        String name,
        @Nullable String description,
        String version,
        List<Interface> interfaces,
        List<Skill> skills,
        List<String> inputModes,
        List<String> outputModes,
        @Nullable String documentationUrl,
        JsonObject raw) {

    public AgentCard {
        interfaces = List.copyOf(interfaces);
        skills = List.copyOf(skills);
        inputModes = List.copyOf(inputModes);
        outputModes = List.copyOf(outputModes);
    }

    static AgentCard of(Reply reply) {
        return new AgentCard(
                reply.string("name"),
                reply.optionalString("description").orElse(null),
                reply.string("version"),
                reply.each("supportedInterfaces").stream().map(Interface::of).toList(),
                reply.each("skills").stream().map(Skill::of).toList(),
                reply.strings("defaultInputModes"),
                reply.strings("defaultOutputModes"),
                reply.optionalString("documentationUrl").orElse(null),
                reply.json());
    }

    /**
     * Where a Gateway is reached.
     *
     * @param url the address
     * @param protocolBinding such as {@code HTTP+JSON}
     * @param protocolVersion the version of A2A spoken there
     */
    public record Interface(
            String url,
            @Nullable String protocolBinding,
            @Nullable String protocolVersion) {
        static Interface of(Reply reply) {
            return new Interface(
                    reply.string("url"),
                    reply.optionalString("protocolBinding").orElse(null),
                    reply.optionalString("protocolVersion").orElse(null));
        }
    }

    /**
     * Something that it can do.
     *
     * @param id names it
     * @param name for people
     * @param description for people and models
     * @param tags words to find it by
     */
    public record Skill(
            String id, @Nullable String name, @Nullable String description, List<String> tags) {
        public Skill {
            tags = List.copyOf(tags);
        }

        static Skill of(Reply reply) {
            return new Skill(
                    reply.string("id"),
                    reply.optionalString("name").orElse(null),
                    reply.optionalString("description").orElse(null),
                    reply.strings("tags"));
        }
    }
}
