package ai.paybond.kit.paegents.evm;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The struct definitions of typed data, by name. Immutable. */
public final class StructTypes {
    private static final String CODE = "evm.type";

    private final Map<String, List<Member>> structs;

    private StructTypes(Map<String, List<Member>> structs) {
        this.structs = Collections.unmodifiableMap(structs);
        structs.forEach(this::check);
    }

    /**
     * One member of a struct.
     *
     * @param type as EIP-712 spells it: {@code uint256}, {@code bytes32[]}, {@code Person}
     */
    public record Member(String name, String type) {
        EvmType parsed() {
            return EvmType.parse(type);
        }
    }

    /**
     * One struct whose members are given in order, each as {@code "type name"}.
     *
     * @throws EvmException {@code evm.type}
     */
    public static StructTypes of(String structName, String... members) {
        return of(Map.of(
                structName, List.of(members).stream().map(StructTypes::member).toList()));
    }

    private static Member member(String declaration) {
        int blank = declaration.indexOf(' ');
        EvmException.require(blank > 0, CODE, "a member is a type and a name");
        return new Member(declaration.substring(blank + 1), declaration.substring(0, blank));
    }

    /**
     * Structs by name, their members in order.
     *
     * @throws EvmException {@code evm.type} for a name that is not allowed, a member named twice or an unknown struct
     */
    public static StructTypes of(Map<String, List<Member>> structs) {
        Map<String, List<Member>> copy = new LinkedHashMap<>();
        structs.forEach((name, members) -> copy.put(name, List.copyOf(members)));
        return new StructTypes(copy);
    }

    /**
     * Reads the form wallets use: {@code {"Mail":[{"name":"to","type":"address"}]}}.
     *
     * @throws EvmException {@code evm.type}
     */
    public static StructTypes parse(JsonObject json) {
        Map<String, List<Member>> structs = new LinkedHashMap<>();
        json.members().forEach((name, members) -> structs.put(name, members(members)));
        return new StructTypes(structs);
    }

    /** Reads the members of one struct. */
    static List<Member> members(JsonValue json) {
        EvmException.require(json instanceof JsonArray, CODE, "members are an array");
        List<Member> members = new ArrayList<>();
        for (JsonValue item : ((JsonArray) json).items()) {
            EvmException.require(item instanceof JsonObject, CODE, "a member is an object");
            JsonObject member = (JsonObject) item;
            members.add(new Member(text(member, "name"), text(member, "type")));
        }
        return members;
    }

    private static String text(JsonObject member, String name) {
        return member.string(name).orElseThrow(() -> new EvmException(CODE, "a member has a name and a type"));
    }

    private void check(String struct, List<Member> members) {
        EvmException.require(EvmType.parse(struct) instanceof EvmType.Struct, CODE, "not a struct's name");
        Set<String> names = new HashSet<>();
        for (Member member : members) {
            EvmException.require(EvmType.TypeSyntax.isIdentifier(member.name()), CODE, "not a member's name");
            EvmException.require(names.add(member.name()), CODE, "a member is named twice");
            String referenced = referenced(member.parsed());
            EvmException.require(referenced.isEmpty() || structs.containsKey(referenced), CODE, "unknown struct");
        }
    }

    /** The struct inside a type, or empty. */
    private static String referenced(EvmType type) {
        if (type instanceof EvmType.ArrayOf array) {
            return referenced(array.element());
        }
        return type instanceof EvmType.Struct struct ? struct.name() : "";
    }

    /** The members in order; {@code evm.type} for an unknown struct. */
    public List<Member> members(String struct) {
        List<Member> members = structs.get(struct);
        if (members == null) {
            throw new EvmException(CODE, "unknown struct");
        }
        return members;
    }

    /** The struct and after it, by name, all it refers to. */
    public String encodeType(String struct) {
        Set<String> others = new TreeSet<>(reachable(struct));
        others.remove(struct);
        StringBuilder text = new StringBuilder(declaration(struct));
        others.forEach(other -> text.append(declaration(other)));
        return text.toString();
    }

    private Set<String> reachable(String struct) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(struct));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.add(next)) {
                members(next).stream()
                        .map(member -> referenced(member.parsed()))
                        .filter(name -> !name.isEmpty())
                        .forEach(open::push);
            }
        }
        return seen;
    }

    private String declaration(String struct) {
        return members(struct).stream()
                .map(member -> member.type() + " " + member.name())
                .collect(Collectors.joining(",", struct + "(", ")"));
    }

    public Digest32 typeHash(String struct) {
        return Keccak256.ofUtf8(encodeType(struct));
    }
}
