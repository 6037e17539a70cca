package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Refusals that several objects share. Each throws {@link WireException} with the code it is given. */
public final class Rules {
    private static final Pattern SCOPE_TOKEN = Pattern.compile("[a-z0-9][a-z0-9._:/-]{0,127}");
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern ANY_UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int MAX_LENGTH = 256;

    private Rules() {}

    public static void require(boolean holds, String code, String message) {
        if (!holds) {
            throw new WireException(code, message);
        }
    }

    /** Trims, lower-cases and requires a scope token. */
    public static String scopeToken(String text, String code) {
        String token = Text.fold(text);
        require(SCOPE_TOKEN.matcher(token).matches(), code, "not a scope token");
        return token;
    }

    /** As {@link #scopeToken}, blank becoming empty. */
    public static String optionalScopeToken(String text, String code) {
        return Text.isBlank(text) ? "" : scopeToken(text, code);
    }

    /** Each entry a scope token; without repetition, sorted. */
    public static List<String> scopeTokens(Iterable<String> texts, String code) {
        Set<String> tokens = new TreeSet<>();
        texts.forEach(text -> tokens.add(scopeToken(text, code)));
        return List.copyOf(tokens);
    }

    public static String required(String text, String code) {
        String trimmed = Text.trim(text);
        require(!trimmed.isEmpty(), code, "required");
        return trimmed;
    }

    /** Trims and requires the tenant pattern, at most 256 units. */
    public static String tenant(String text, String code) {
        String tenant = required(text, code);
        require(tenant.length() <= MAX_LENGTH && TENANT.matcher(tenant).matches(), code, "not a tenant id");
        return tenant;
    }

    /** At most 256 UTF-16 units. */
    public static String short256(String text, String code) {
        require(text.length() <= MAX_LENGTH, code, "longer than 256");
        return text;
    }

    /** Trims, lower-cases and requires 64 hexadecimal digits. */
    public static String digestHex(String text, String code) {
        String hex = Text.fold(text);
        require(hex.length() == 64 && isLowerHex(hex), code, "not 64 hexadecimal digits");
        return hex;
    }

    /** As {@link #digestHex}, blank becoming empty. */
    public static String optionalDigestHex(String text, String code) {
        return Text.isBlank(text) ? "" : digestHex(text, code);
    }

    public static boolean isLowerHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** Trims, lower-cases and requires 8-4-4-4-12 hexadecimal digits of any version. */
    public static String anyUuid(String text, String code) {
        String uuid = Text.fold(text);
        require(ANY_UUID.matcher(uuid).matches(), code, "not a UUID");
        return uuid;
    }

    /** Trims, lower-cases and requires one of a closed set. */
    public static String oneOf(String text, Set<String> allowed, String code) {
        String folded = Text.fold(text);
        require(allowed.contains(folded), code, "not one of the allowed values");
        return folded;
    }

    /** Strictly: text that every implementation encodes alike. */
    public static void wellFormed(String text, Strictness strictness) {
        boolean fine = strictness == Strictness.PEER || Text.isWellFormed(text);
        require(fine, "text.surrogate", "text holds half of a surrogate pair");
    }

    /** Strictly: a time that every implementation signs alike. */
    public static void wholeSeconds(String text, Strictness strictness) {
        boolean fine = strictness == Strictness.PEER || Timestamps.isWholeSecondsUtc(text);
        require(fine, "timestamp.form", "a time is written as 2030-01-02T15:04:05Z");
    }

    /** The reason code of a member: {@code object.member}. */
    public static String code(String object, String member) {
        return object + "." + member.toLowerCase(Locale.ROOT);
    }
}
