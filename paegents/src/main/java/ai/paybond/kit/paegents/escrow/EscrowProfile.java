package ai.paybond.kit.paegents.escrow;

import static ai.paybond.kit.paegents.SigningRefusedException.require;

import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmException;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.paegents.evm.TypedData;
import ai.paybond.kit.paegents.evm.TypedDataDomain;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How an escrow contract lays out what it has signed: its signing domain, and for each message the struct's name and members.
 * Take it from the contract's verified source or from Paegents. A wrong profile makes signatures that the contract rejects.
 */
public final class EscrowProfile {
    private final String domainName;
    private final String domainVersion;
    private final Map<EscrowMessage, Layout> layouts;

    private EscrowProfile(Builder builder) {
        this.domainName = builder.domainName;
        this.domainVersion = builder.domainVersion;
        this.layouts = new EnumMap<>(builder.layouts);
    }

    /**
     * One member of a struct.
     *
     * @param key the value's name in Paegents' JSON, such as {@code deposit_amount}
     * @param member its name in the struct
     * @param type its type in the struct
     */
    public record Field(String key, String member, String type) {}

    private record Layout(String primaryType, List<Field> fields, StructTypes types) {}

    public static Builder builder(String domainName, String domainVersion) {
        return new Builder(domainName, domainVersion);
    }

    /**
     * Reads a profile as it is kept in a file: {@code {domain_name, domain_version, messages: {BUYER_ACTIVATION: {primary_type,
     * fields: [{key, member, type}]}, ...}}}.
     *
     * @throws SigningRefusedException {@code paegents.profile} for what is missing, malformed or names an unknown message
     */
    public static EscrowProfile parse(JsonObject json) {
        Builder builder = builder(text(json, "domain_name"), text(json, "domain_version"));
        JsonObject messages = json.object("messages").orElseThrow(EscrowProfile::malformed);
        for (String name : messages.members().keySet()) {
            JsonObject layout = messages.object(name).orElseThrow(EscrowProfile::malformed);
            List<Field> fields = layout.array("fields")
                    .orElseThrow(EscrowProfile::malformed)
                    .objectItems()
                    .map(field -> new Field(text(field, "key"), text(field, "member"), text(field, "type")))
                    .toList();
            builder.layout(message(name), text(layout, "primary_type"), fields);
        }
        return builder.build();
    }

    private static EscrowMessage message(String name) {
        return Stream.of(EscrowMessage.values())
                .filter(message -> message.name().equals(name))
                .findFirst()
                .orElseThrow(EscrowProfile::malformed);
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElseThrow(EscrowProfile::malformed);
    }

    private static SigningRefusedException malformed() {
        return new SigningRefusedException("paegents.profile", "the profile is malformed");
    }

    /**
     * The message over exactly these values.
     *
     * @param values by their keys in Paegents' JSON; numbers may be text or JSON integers
     * @throws SigningRefusedException {@code paegents.profile} if the profile does not describe the message,
     *     {@code paegents.profile_mismatch} if it leaves out a value or asks for another
     */
    public TypedData typedData(EscrowMessage message, long chainId, EvmAddress contract, JsonObject values) {
        Layout layout = layouts.get(message);
        if (layout == null) {
            throw new SigningRefusedException("paegents.profile", "the profile does not describe this message");
        }
        TypedDataDomain domain = TypedDataDomain.of(domainName, domainVersion, chainId, contract);
        return new TypedData(domain, layout.types(), layout.primaryType(), renamed(layout, values));
    }

    private static JsonObject renamed(Layout layout, JsonObject values) {
        JsonObject.Builder renamed = JsonObject.builder();
        for (Field field : layout.fields()) {
            require(
                    values.has(field.key()),
                    "paegents.profile_mismatch",
                    "the profile asks for a value that is missing");
            renamed.put(field.member(), values.get(field.key()));
        }
        boolean covered = values.members().size() == layout.fields().size();
        require(covered, "paegents.profile_mismatch", "the profile leaves out a value");
        return renamed.build();
    }

    /** Collects layouts. Not thread-safe. */
    public static final class Builder {
        private final String domainName;
        private final String domainVersion;
        private final Map<EscrowMessage, Layout> layouts = new EnumMap<>(EscrowMessage.class);

        private Builder(String domainName, String domainVersion) {
            this.domainName = domainName;
            this.domainVersion = domainVersion;
        }

        /**
         * Describes a message; the order of the fields is the struct's.
         *
         * @throws EvmException {@code evm.type} for names or types that are not allowed
         */
        public Builder layout(EscrowMessage message, String primaryType, List<Field> fields) {
            List<StructTypes.Member> members = fields.stream()
                    .map(field -> new StructTypes.Member(field.member(), field.type()))
                    .toList();
            layouts.put(
                    message,
                    new Layout(primaryType, List.copyOf(fields), StructTypes.of(Map.of(primaryType, members))));
            return this;
        }

        public EscrowProfile build() {
            return new EscrowProfile(this);
        }
    }
}
